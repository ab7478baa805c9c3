import type { SocketRoute } from "@raadhuis/protocol/http";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import { houseError } from "../errors.ts";
import type { Asked } from "./serve.ts";

interface Handlers<R extends SocketRoute, Admitted> {
  /** Whose socket it is. What it throws is the answer, and nothing is upgraded then. */
  admit(asked: Asked<R>, request: FastifyRequest): Promise<Admitted>;
  open(socket: WebSocket, admitted: Admitted, request: FastifyRequest): void;
}

/**
 * A socket of the meeting's. Whoever may not have it is answered in HTTP: no frame of a stranger is ever read. Pages
 * cannot see that answer (a browser tells them of no status) and ask their session's own address why.
 */
export function socketRoute<const R extends SocketRoute, Admitted>(
  app: FastifyInstance,
  route: R,
  { admit, open }: Handlers<R, Admitted>,
): void {
  const admitted = new WeakMap<FastifyRequest, { as: Admitted }>();
  app.get(
    route.path,
    {
      websocket: true,
      config: { socket: true, who: route.who },
      schema: route.params ? { params: route.params } : {},
      preHandler: async (request) => {
        if (!request.ws) throw houseError("request.malformed", "This address takes WebSockets only.");
        // Parsed by this route's own shapes, as in serve.ts.
        const asked = { params: request.params, ...request.asker } as Asked<R>;
        admitted.set(request, { as: await admit(asked, request) });
      },
    },
    (socket, request) => {
      const known = admitted.get(request);
      if (known) open(socket, known.as, request);
      else socket.terminate();
    },
  );
}
