import type { SocketRoute } from "@raadhuis/protocol/http";
import type { FastifyInstance } from "fastify";
import { Allowance } from "../http/allowance.ts";
import type { Asked } from "../http/serve.ts";
import { socketRoute } from "../http/socketRoute.ts";
import { mustBeInTouch } from "../servers/touch.ts";
import type { Feed } from "../store/feed/feed.ts";
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

  readonly #feed: Pick<Feed, "silentMs">;

  constructor({ feed, ...neighbours }: Omit<Neighbours, "bookmarks"> & { feed: Pick<Feed, "silentMs"> }) {
    this.#neighbours = { ...neighbours, bookmarks: new Bookmarks() };
    this.#feed = feed;
  }

  /** Whoever still owes for what they sent gets no socket. */
  route<const R extends SocketRoute>(app: FastifyInstance, route: R, { identify, sessionLives }: Handlers<R>): void {
    socketRoute(app, route, {
      admit: async (asked, { ip }) => {
        mustBeInTouch(this.#feed);
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
