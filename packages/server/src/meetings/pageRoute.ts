import type { SocketRoute } from "@raadhuis/protocol/http";
import type { FastifyInstance } from "fastify";
import type { Asked } from "../http/serve.ts";
import { socketRoute } from "../http/socketRoute.ts";
import { Connection, type Place } from "./connection.ts";
import type { ConnectionContext } from "./context.ts";
import { ownerOf } from "./who.ts";

interface Handlers<R extends SocketRoute> {
  /** Whose page it is, of which meeting. What it throws is the answer, and nothing is upgraded then. */
  place(asked: Asked<R>): Promise<Pick<Place, "who" | "meeting" | "session">>;
  sessionLives(session: string): Promise<boolean>;
}

/** A socket by which pages of a seat or of the office follow a meeting. Whoever still owes for what they sent gets none. */
export function pageRoute<const R extends SocketRoute>(
  app: FastifyInstance,
  route: R,
  context: ConnectionContext,
  { place, sessionLives }: Handlers<R>,
): void {
  socketRoute(app, route, {
    admit: async (asked, { ip }) => {
      const at = await place(asked);
      return { ...at, spend: context.allowance.enter(ownerOf(at), ip) };
    },
    open: (socket, at, { raw }) => {
      new Connection(socket, raw.socket, { ...at, sessionLives: () => sessionLives(at.session) }, context);
    },
  });
}
