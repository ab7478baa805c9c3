import type { SocketRoute } from "@raadhuis/protocol/http";
import type { FastifyInstance } from "fastify";
import { Allowance } from "../http/allowance.ts";
import type { Asked } from "../http/serve.ts";
import { socketRoute } from "../http/socketRoute.ts";
import { Bookmarks } from "./bookmarks.ts";
import { Connection, type Neighbours, type PageIdentity } from "./connection.ts";
import { ownerOf } from "./who.ts";

interface Handlers<R extends SocketRoute> {
  /** Whose page it is, of which meeting. What it throws is the answer, and nothing is upgraded then. */
  identify(asked: Asked<R>): Promise<PageIdentity>;
  sessionLives(session: string): Promise<boolean>;
}

/** Sockets by which pages of seats and of the office follow their meetings. */
export class Pages {
  readonly #neighbours: Neighbours;
  /** What they may send. */
  readonly #allowance = new Allowance();

  constructor(neighbours: Omit<Neighbours, "bookmarks">) {
    this.#neighbours = { ...neighbours, bookmarks: new Bookmarks() };
  }

  /** Whoever still owes for what they sent gets no socket. */
  route<const R extends SocketRoute>(app: FastifyInstance, route: R, { identify, sessionLives }: Handlers<R>): void {
    socketRoute(app, route, {
      admit: async (asked, { ip }) => {
        const identity = await identify(asked);
        return { ...identity, spend: this.#allowance.enter(ownerOf(identity), ip) };
      },
      open: (socket, admitted, { raw }) => {
        const page = { ...admitted, sessionLives: () => sessionLives(admitted.session) };
        new Connection(socket, raw.socket, page, this.#neighbours);
      },
    });
  }
}
