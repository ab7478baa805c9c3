import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { JoinRequest, SignalResponse, WrappedJoinRequest } from "@livekit/protocol";
import { WebSocket } from "ws";
import { KEYS } from "./house.ts";
import { NotUpgraded } from "./line.ts";

const file = fileURLToPath(new URL("../../../sfu/src/main.ts", import.meta.url));

type SignalPath = "/rtc" | "/rtc/v1";
const joinRequest = new WrappedJoinRequest({
  joinRequest: new JoinRequest({ clientInfo: { protocol: 16 } }).toBinary(),
}).toBinary();
/** What a client says of itself in the query, by the form of the protocol it speaks. */
export const selfOf: Record<SignalPath, string> = {
  "/rtc": "&sdk=js&version=2.5.10&protocol=15&auto_subscribe=1",
  "/rtc/v1": `&join_request=${Buffer.from(joinRequest).toString("base64url")}`,
};

/** Our own media server, as a process beside a house whose first port is `port`; killed after the test. */
export async function startMediaServer(
  t: Pick<TestContext, "after">,
  port: number,
  more: Record<string, string> = {},
): Promise<ChildProcess> {
  if (!existsSync(file)) throw new Error("packages/sfu is not there.");
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    RAADHUIS_PUBLIC_IP: "127.0.0.1",
    RAADHUIS_LOG: "error",
    ...KEYS,
    ...more,
  };
  const child = fork(file, { env, stdio: ["ignore", "ignore", "inherit", "ipc"] });
  t.after(() => child.kill("SIGKILL"));
  const [message] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => Promise.reject(new Error("The media server did not start."))),
  ]);
  if (message.type !== "ready") throw new Error(`The media server did not start: ${message.message}`);
  return child;
}

/** LiveKit's own server, with our keys; killed after the test. Takes `port` and the two after it. Gives its address. */
export async function startLiveKit(t: TestContext, port: number, program: string): Promise<string> {
  const config = {
    port,
    bind_addresses: ["127.0.0.1"],
    rtc: {
      udp_port: port + 1,
      tcp_port: port + 2,
      use_external_ip: false,
      node_ip: "127.0.0.1",
      // Clients are told of some STUN server in any case, of Google's by default. Nobody listens at this one.
      stun_servers: [`127.0.0.1:${port + 1}`],
    },
    keys: { [KEYS.LIVEKIT_API_KEY]: KEYS.LIVEKIT_API_SECRET },
    logging: { level: "error" },
  };
  const child = spawn(program, ["--config-body", JSON.stringify(config)], { stdio: ["ignore", "ignore", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const answers = () =>
    fetch(`http://127.0.0.1:${port}`).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const end = Date.now() + 30_000; !(await answers()); await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() > end || child.exitCode !== null) throw new Error("LiveKit's server did not start.");
  return `ws://127.0.0.1:${port}`;
}

export async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}

/** A participant's signalling and nothing more: joins, and hears what the media server says. */
export class Signalling {
  readonly heard: SignalResponse[] = [];
  readonly closed: Promise<number>;
  readonly socket: WebSocket;
  readonly #waiting = new Set<() => void>();

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = once(socket, "close").then(([code]) => code);
    socket.on("message", (data: Buffer) => {
      this.heard.push(SignalResponse.fromBinary(data));
      for (const wake of this.#waiting) wake();
    });
  }

  /** `base`: the chamber's address, or the media server's own. Rejects with NotUpgraded. */
  static async open(
    base: string,
    token: string,
    { origin = base, query = "", path = "/rtc/v1" }: { origin?: string; query?: string; path?: SignalPath } = {},
  ): Promise<Signalling> {
    const address = `${base.replace(/^http/, "ws")}${path}?access_token=${token}${selfOf[path]}${query}`;
    const socket = new WebSocket(address, { headers: origin === "" ? {} : { origin } });
    const signalling = new Signalling(socket);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    socket.on("open", () => resolve());
    socket.on("error", reject);
    socket.on("unexpected-response", (_request, response) => {
      let text = "";
      response.on("data", (part) => {
        text += part;
      });
      response.on("end", () => reject(new NotUpgraded(response.statusCode ?? 0, text)));
    });
    await promise;
    return signalling;
  }

  async next(kind: NonNullable<SignalResponse["message"]["case"]>): Promise<SignalResponse["message"]> {
    for (;;) {
      const index = this.heard.findIndex(({ message }) => message.case === kind);
      if (index >= 0) return this.heard.splice(index, 1)[0]!.message;
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`No ${kind} came.`)), 45_000);
        const wake = () => {
          clearTimeout(timer);
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }
}

/** The code in a refused upgrade's body, or the status where there is none. */
export async function refusalOf(opening: Promise<unknown>): Promise<string> {
  try {
    await opening;
  } catch (error) {
    if (!(error instanceof NotUpgraded)) throw error;
    const body: unknown = typeof error.body === "string" ? JSON.parse(error.body) : error.body;
    const code = typeof body === "object" && body && "code" in body ? body.code : "";
    return `${error.status} ${code}`;
  }
  return "opened";
}
