import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { connect } from "node:tls";
import { EgressStatus, egressRuntime, FromChild, orderTls, type ProgrammeOrder } from "@raadhuis/protocol";
import { AccessToken } from "livekit-server-sdk";
import { apiKey } from "../forward/subjects.ts";

const main = join(import.meta.dirname, "../../../egress/src/main.ts");

export interface Egress {
  pid: number;
  order(order: ProgrammeOrder): Promise<EgressStatus>;
  stop(): Promise<void>;
}

/** An egress of its own, told what to do as the house tells it. */
export async function startEgress(meeting: string, data: string, url: string): Promise<Egress> {
  const { key, secret: apiSecret } = apiKey;
  const child = spawn(process.execPath, [...egressRuntime.flags, main], {
    env: {
      ...egressRuntime.env,
      ...process.env,
      RAADHUIS_MEETING: meeting,
      RAADHUIS_DATA: data,
      RAADHUIS_LOG: "warn",
      LIVEKIT_URL: url,
      LIVEKIT_API_KEY: key,
      LIVEKIT_API_SECRET: apiSecret,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [raw] = await once(child, "message");
  const ready = FromChild.parse(raw);
  if (ready.type !== "ready" || !ready.secret) throw new Error(`The egress did not start: ${JSON.stringify(ready)}`);
  const { port, secret = "" } = ready;
  return {
    pid: child.pid ?? 0,
    order: (order) => put(port, secret, order),
    stop: async () => {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

/** Its way into a room: hidden, and it hears everybody. */
export async function hiddenTicket(room: string): Promise<string> {
  const token = new AccessToken(apiKey.key, apiKey.secret, { identity: "egress", ttl: 24 * 3600 });
  token.addGrant({ room, roomJoin: true, canSubscribe: true, canPublish: false, hidden: true, recorder: true });
  return token.toJwt();
}

async function put(port: number, secret: string, order: ProgrammeOrder): Promise<EgressStatus> {
  const address = { host: "127.0.0.1", port };
  const pskCallback = () => ({ psk: Buffer.from(secret), identity: "server" });
  const createConnection = () =>
    connect({ ...orderTls, ...address, pskCallback, checkServerIdentity: () => undefined });
  const asked = request({ ...address, method: "PUT", path: "/programme", createConnection });
  asked.end(JSON.stringify(order));
  const [answer] = await once(asked, "response");
  return EgressStatus.parse(JSON.parse(await text(answer)));
}
