import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { FromChild, type ToFront } from "@raadhuis/protocol/children";
import { until } from "./wait.ts";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));
/** On a machine that does much else, or when a test's own process is busy with it, ms. */
const startMs = 60_000;
type Ready = Extract<FromChild, { type: "ready" }>;

/** A front and its carriers, told of one another and started again when they die, as the supervisor does it. */
export class Processes {
  readonly children = new Map<string, ChildProcess>();
  /** How those ended that were not asked to, oldest first. */
  readonly deaths: string[] = [];
  readonly #ready = new Map<string, Ready>();
  readonly #environment: Record<string, string>;
  readonly #carriers: readonly string[];
  #stopping = false;

  /**
   * @param port of the front (TCP) and the first of the carriers' media ports (UDP)
   * @param environment settings, with LIVEKIT_API_KEY and LIVEKIT_API_SECRET
   */
  static async start(port: number, count: number, environment: Record<string, string>): Promise<Processes> {
    const processes = new Processes(port, count, environment);
    try {
      await processes.allReady();
    } catch (error) {
      await processes.stop();
      throw error;
    }
    return processes;
  }

  private constructor(port: number, count: number, environment: Record<string, string>) {
    this.#environment = {
      ...environment,
      PORT: String(port - 2),
      RAADHUIS_UDP_PORTS: String(port),
      RAADHUIS_SFU_PROCESSES: String(count),
    };
    this.#carriers = Array.from({ length: count }, (_, index) => String(index + 1));
    for (const part of ["front", ...this.#carriers]) this.#start(part);
  }

  /** Waits until all of them listen, and the front has heard of the others. */
  async allReady(): Promise<void> {
    await until("all processes", () => this.#ready.size === this.#carriers.length + 1, startMs);
    const front = `http://127.0.0.1:${this.portOf("front")}/readyz`;
    await until("the front", async () => (await fetch(front).catch(() => null))?.ok, startMs);
  }

  /** Of the front: where clients ask. Of a carrier ("1", "2"...): the port that the front passes them on to. */
  portOf(part: string): number {
    return this.#ready.get(part)?.port ?? 0;
  }

  async kill(part: string): Promise<void> {
    const child = this.children.get(part);
    assert.ok(child);
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(
      [...this.children.values()].map(async (child) => {
        const ended = once(child, "exit");
        child.kill("SIGTERM");
        assert.deepEqual(await ended, [0, null]);
      }),
    );
  }

  #start(part: string): void {
    const child = spawn(process.execPath, [main], {
      env: { ...process.env, ...this.#environment, RAADHUIS_PART: part },
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.children.set(part, child);
    child.on("message", (raw) => {
      const message = FromChild.parse(raw);
      assert.ok(message.type === "ready", JSON.stringify(message));
      this.#ready.set(part, message);
      this.#tellFront();
    });
    child.once("exit", (code, signal) => {
      this.#ready.delete(part);
      if (this.#stopping) return;
      this.deaths.push(`${part}: ${signal ?? code}`);
      this.#tellFront();
      this.#start(part);
    });
  }

  #tellFront(): void {
    const carriers = this.#carriers.flatMap((part) => {
      const ready = this.#ready.get(part);
      return ready?.control === undefined ? [] : [{ number: Number(part), port: ready.port, control: ready.control }];
    });
    const front = this.children.get("front");
    if (front?.connected) front.send({ type: "carriers", carriers } satisfies ToFront);
  }
}
