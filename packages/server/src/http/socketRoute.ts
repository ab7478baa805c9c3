import type { FastifyInstance, FastifyRequest } from "fastify";
import type { WebSocket } from "ws";
import { houseError } from "../errors.ts";

interface SocketRoute<Admitted> {
  /** Whose socket it is. What it throws is the answer, and nothing is upgraded then. */
  admit(request: FastifyRequest): Promise<Admitted>;
  open(socket: WebSocket, admitted: Admitted, request: FastifyRequest): void;
}

/**
 * A socket of the meeting's. Whoever may not have it is answered in HTTP: no frame of a stranger is ever read. Pages
 * cannot see that answer (a browser tells them of no status) and ask their session's own address why.
 */
export function socketRoute<Admitted>(
  app: FastifyInstance,
  path: string,
  { admit, open }: SocketRoute<Admitted>,
): void {
  const admitted = new WeakMap<FastifyRequest, { as: Admitted }>();
  app.get(
    path,
    {
      websocket: true,
      config: { socket: true },
      preHandler: async (request) => {
        if (!request.ws) throw houseError("request.malformed", "This address takes WebSockets only.");
        admitted.set(request, { as: await admit(request) });
      },
    },
    (socket, request) => {
      const known = admitted.get(request);
      if (known) open(socket, known.as, request);
      else socket.terminate();
    },
  );
}
