import { createServer } from "node:https";
import type { TestContext } from "node:test";
import { type EgressStatus, orderTls, ProgrammeOrder } from "@raadhuis/protocol/children";

const SECRET = "the secret of this test's egress";

/** Takes orders as an egress does, and keeps them. */
export async function listenForOrders(t: TestContext) {
  const orders: ProgrammeOrder[] = [];
  const refused: number[] = [];
  const waiting = new Set<() => void>();
  let status: EgressStatus = {
    state: "slate",
    behindMs: 10_500,
    connected: false,
    framesPerSecond: 25,
    lagMs: 20,
    shown: "whole",
    recordedSeconds: 3,
  };
  const secret = Buffer.from(SECRET);
  const server = createServer({ ...orderTls, pskCallback: () => secret }, async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    if (`${request.method} ${request.url}` !== "PUT /programme") {
      refused.push(404);
      response.writeHead(404).end();
      return;
    }
    orders.push(ProgrammeOrder.parse(JSON.parse(text)));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(status));
    for (const wake of waiting) wake();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.closeAllConnections());
  t.after(() => server.close());
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("unreachable");
  return {
    at: { port: address.port, secret: SECRET },
    orders,
    refused,
    say: (next: Partial<EgressStatus>) => {
      status = { ...status, ...next };
    },
    /** The first order, given already or yet to come, that fits. */
    async order(fits: (order: ProgrammeOrder) => boolean): Promise<ProgrammeOrder> {
      for (;;) {
        const found = orders.find(fits);
        if (found) return found;
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(
            () => reject(new Error(`No such order; last: ${JSON.stringify(orders.at(-1))}`)),
            45_000,
          );
          const wake = () => {
            clearTimeout(timer);
            waiting.delete(wake);
            resolve();
          };
          waiting.add(wake);
        });
      }
    },
  };
}
