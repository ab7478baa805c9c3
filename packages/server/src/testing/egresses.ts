import { type ChildProcess, fork } from "node:child_process";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { egressRuntime, FromChild, type ToServer } from "@raadhuis/protocol/children";
import { KEYS } from "./house.ts";

const file = fileURLToPath(new URL("../../../egress/src/main.ts", import.meta.url));

/** Real egresses, started for whichever house is heard now, as the supervisor does; one that exits 0 is done. */
export class Egresses {
  /** Of this house, from the supervisor. */
  hear: (message: ToServer) => void = () => undefined;
  /** Meetings of which one was started, each time. */
  readonly started: string[] = [];
  readonly #running = new Map<string, ChildProcess>();
  readonly #env: Record<string, string>;

  /** Killed after the test. `env`: of each of them. */
  constructor(t: TestContext, env: Record<string, string>) {
    this.#env = env;
    t.after(() => {
      for (const child of this.#running.values()) child.kill("SIGKILL");
    });
  }

  get running(): string[] {
    return [...this.#running.keys()];
  }

  /** What the house tells the supervisor. */
  readonly tell = (message: FromChild): void => {
    if (message.type === "egress.want" && !this.#running.has(message.meeting)) this.#start(message.meeting);
  };

  kill(meeting: string): void {
    this.#running.get(meeting)?.kill("SIGKILL");
  }

  #start(meeting: string): void {
    this.started.push(meeting);
    const of = { RAADHUIS_LOG: "error", RAADHUIS_MEETING: meeting, ...this.#env };
    const env = { PATH: process.env.PATH, ...egressRuntime.env, ...KEYS, ...of };
    const child = fork(file, { env, execArgv: egressRuntime.flags, stdio: ["ignore", "ignore", "ignore", "ipc"] });
    this.#running.set(meeting, child);
    child.on("message", (raw) => {
      const message = FromChild.parse(raw);
      if (message.type !== "ready" || message.secret === undefined) return;
      this.hear({ type: "egress.ready", meeting, port: message.port, secret: message.secret });
    });
    child.once("exit", () => {
      this.#running.delete(meeting);
      this.hear({ type: "egress.gone", meeting });
    });
  }
}
