import type { RequestListener } from "node:http";
import type { Socket } from "node:net";

/**
 * Requests that one connection may have open at once. Browsers and proxies send the next when they have the answer to the
 * last; whoever does not has hundreds in one packet, which are all begun before anything else is done.
 */
const MAX_OPEN = 8;

/** Ends connections with too many. */
export function boundPipelining(answer: RequestListener): RequestListener {
  const open = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    // The rest of a packet whose connection was ended.
    if (socket.destroyed) return;
    const count = (open.get(socket) ?? 0) + 1;
    if (count > MAX_OPEN) {
      socket.destroy();
      return;
    }
    open.set(socket, count);
    response.once("close", () => open.set(socket, (open.get(socket) ?? 1) - 1));
    answer(request, response);
  };
}
