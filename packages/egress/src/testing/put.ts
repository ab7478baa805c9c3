import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { orderTls } from "@raadhuis/protocol/children";

/** `PUT /programme` as the server does it. Rejects when the two secrets are not the same. */
export async function put(at: { port: number; secret: string }, order: unknown, method = "PUT", path = "/programme") {
  const address = { host: "127.0.0.1", port: at.port };
  const pskCallback = () => ({ psk: Buffer.from(at.secret), identity: "server" });
  const createConnection = () =>
    connect({ ...orderTls, ...address, pskCallback, checkServerIdentity: () => undefined });
  const asked = request({ ...address, method, path, createConnection });
  asked.end(order === undefined ? undefined : JSON.stringify(order));
  const [answer]: IncomingMessage[] = await once(asked, "response");
  if (!answer) throw new Error("unreachable");
  return { status: answer.statusCode, body: await text(answer) };
}
