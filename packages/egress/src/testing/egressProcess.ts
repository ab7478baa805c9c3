import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { EgressStatus, egressRuntime, FromChild, type ProgrammeOrder } from "@raadhuis/protocol/children";
import { put } from "./put.ts";

const MAIN = new URL("../main.ts", import.meta.url);

/** A real egress process, told what to do as the server tells it. */
export class EgressProcess {
  readonly child: ChildProcess;
  readonly #port: number;
  readonly #secret: string;

  private constructor(child: ChildProcess, port: number, secret: string) {
    this.child = child;
    this.#port = port;
    this.#secret = secret;
  }

  static async start(meeting: string, env: Record<string, string>): Promise<EgressProcess> {
    const child = fork(MAIN, [], {
      // As the supervisor does: the log goes through a pipe.
      execArgv: egressRuntime.flags,
      stdio: ["ignore", "inherit", "pipe", "ipc"],
      env: { ...egressRuntime.env, ...process.env, RAADHUIS_MEETING: meeting, ...env },
    });
    child.stderr?.pipe(process.stderr);
    const [raw] = await once(child, "message");
    const message = FromChild.parse(raw);
    if (message.type !== "ready" || !message.secret) throw new Error(JSON.stringify(message));
    return new EgressProcess(child, message.port, message.secret);
  }

  async order(order: ProgrammeOrder): Promise<EgressStatus> {
    const { body } = await put({ port: this.#port, secret: this.#secret }, order);
    return EgressStatus.parse(JSON.parse(body));
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
