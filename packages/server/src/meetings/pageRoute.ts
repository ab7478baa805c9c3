import type { SocketRoute } from "@raadhuis/protocol/http";
import type { FastifyInstance } from "fastify";
import type { Asked } from "../http/serve.ts";
import { socketRoute } from "../http/socketRoute.ts";
import { Connection, type PageIdentity } from "./connection.ts";
import type { ConnectionContext } from "./context.ts";
import { ownerOf } from "./who.ts";

interface Handlers<R extends SocketRoute> {
  /** Whose page it is, of which meeting. What it throws is the answer, and nothing is upgraded then. */
  identify(asked: Asked<R>): Promise<PageIdentity>;
  sessionLives(session: string): Promise<boolean>;
}

/** A socket by which pages of a seat or of the office follow a meeting. Whoever still owes for what they sent gets none. */
export function pageRoute<const R extends SocketRoute>(
  app: FastifyInstance,
  route: R,
  context: ConnectionContext,
  { identify, sessionLives }: Handlers<R>,
): void {
  socketRoute(app, route, {
    admit: async (asked, { ip }) => {
      const identity = await identify(asked);
      return { ...identity, spend: context.allowance.enter(ownerOf(identity), ip) };
    },
    open: (socket, admitted, { raw }) => {
      const page = { ...admitted, sessionLives: () => sessionLives(admitted.session) };
      new Connection(socket, raw.socket, page, context);
    },
  });
}
