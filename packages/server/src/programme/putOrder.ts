import { request } from "node:http";
import { connect } from "node:tls";
import { EgressStatus, orderTls, type ProgrammeOrder } from "@raadhuis/protocol/children";

const TIMEOUT_MS = 3_000;
/** An answer is a handful of numbers. */
const MOST_BYTES = 16 * 1024;

/** Where an egress listens, and the secret that only it and the house know (`egress.ready`). */
export interface EgressAddress {
  port: number;
  secret: string;
}

/** There is no certificate: the shared secret proves who is there, or there is no connection. */
const connectTo = ({ port, secret }: EgressAddress) =>
  connect({
    ...orderTls,
    ...{ host: "127.0.0.1", port },
    pskCallback: () => ({ psk: Buffer.from(secret), identity: "server" }),
    checkServerIdentity: () => undefined,
  });

/** Puts an order to an egress. Throws when it does not take it, when what listens there is not that egress, and when it is given up. */
export async function putOrder(
  { port, secret }: EgressAddress,
  order: ProgrammeOrder,
  givenUp?: AbortSignal,
): Promise<EgressStatus> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const asked = request(
    {
      ...{ host: "127.0.0.1", port, method: "PUT", path: "/programme" },
      createConnection: () => connectTo({ port, secret }),
      headers: { "content-type": "application/json" },
      signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(givenUp ? [givenUp] : [])]),
    },
    (response) => {
      const parts: Buffer[] = [];
      let bytes = 0;
      response.on("data", (part: Buffer) => {
        parts.push(part);
        bytes += part.length;
        if (bytes > MOST_BYTES) response.destroy(new Error("The egress said too much."));
      });
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200) resolve(Buffer.concat(parts).toString("utf8"));
        else reject(new Error(`The egress answered ${response.statusCode}.`));
      });
    },
  );
  asked.on("error", reject);
  asked.end(JSON.stringify(order));
  return EgressStatus.parse(JSON.parse(await promise));
}
