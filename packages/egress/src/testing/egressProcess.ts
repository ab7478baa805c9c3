import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { EgressStatus, FromChild, type ProgrammeOrder } from "@raadhuis/protocol";

const MAIN = new URL("../main.ts", import.meta.url);
const SECRET = "internal-secret-of-the-test";

/** A real egress process, told what to do as the server tells it. */
export class EgressProcess {
  readonly child: ChildProcess;
  readonly #port: number;

  private constructor(child: ChildProcess, port: number) {
    this.child = child;
    this.#port = port;
  }

  static async start(meeting: string, env: Record<string, string>): Promise<EgressProcess> {
    const child = fork(MAIN, [], {
      // As the supervisor does: the log goes through a pipe.
      stdio: ["ignore", "inherit", "pipe", "ipc"],
      env: { ...process.env, RAADHUIS_MEETING: meeting, RAADHUIS_INTERNAL_SECRET: SECRET, ...env },
    });
    child.stderr?.pipe(process.stderr);
    const [raw] = await once(child, "message");
    const message = FromChild.parse(raw);
    if (message.type !== "ready") throw new Error(JSON.stringify(message));
    return new EgressProcess(child, message.port);
  }

  async order(order: ProgrammeOrder): Promise<EgressStatus> {
    const response = await fetch(`http://127.0.0.1:${this.#port}/programme`, {
      method: "PUT",
      headers: { authorization: `Bearer ${SECRET}`, "content-type": "application/json" },
      body: JSON.stringify(order),
    });
    return EgressStatus.parse(await response.json());
  }

  /** @returns its exit code */
  async exit(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, "exit");
    return this.child.exitCode;
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.exit();
  }
}
