import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import type { Count } from "./peer.ts";

const cipher = z.enum(["gcm", "cm"]);
const common = { id: z.number() };
const sections = z.object({ audio: z.number(), video: z.number() });

/** What a process of load clients is told. */
export const Order = z.discriminatedUnion("do", [
  z.object({
    ...common,
    do: z.literal("livekit"),
    cipher,
    url: z.string(),
    token: z.string(),
    address: z.string(),
    publish: z.object({ audio: z.boolean(), video: z.boolean() }),
    picture: z.enum(["large", "small"]).default("large"),
    /** Otherwise its microphone is open and sends what discontinuous transmission does: little. */
    speaks: z.boolean().default(true),
    receive: sections,
    /** Takes no more sections than it began with: shows so many pictures and no more. */
    contented: z.boolean().default(false),
    /** Sends nothing of what it publishes. */
    silent: z.boolean().default(false),
  }),
  z.object({ ...common, do: z.literal("janus"), cipher, url: z.string(), address: z.string(), publish: z.boolean() }),
  /** Joins and leaves again. `stays`: until its socket is open and the answer there; or until a packet came. `leaves`: with or without a word. */
  z.object({
    ...common,
    do: z.literal("visit"),
    cipher,
    url: z.string(),
    token: z.string(),
    address: z.string(),
    publish: z.object({ audio: z.boolean(), video: z.boolean() }),
    receive: sections,
    stays: z.enum(["answered", "receiving"]),
    leaves: z.enum(["goodbye", "silently"]),
  }),
  /** Plain UDP sockets that count what they get. */
  z.object({ ...common, do: z.literal("listen"), address: z.string(), sockets: z.number() }),
  z.object({ ...common, do: z.literal("count") }),
  z.object({ ...common, do: z.literal("close") }),
]);
export type Order = z.infer<typeof Order>;

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

export const Answer = z.object({
  id: z.number(),
  problem: z.string().optional(),
  ports: z.array(z.number()).optional(),
  /** Why it joined again, once for each time. */
  again: z.array(z.string()).optional(),
  counts: z
    .array(z.object({ packets: z.number(), bytes: z.number(), expected: z.number(), streams: z.number() }))
    .optional(),
});
export type Answer = z.infer<typeof Answer>;

const answerWithinMs = 60_000;

/** A process of load clients, seen from the benchmark. */
export class Worker {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  /** Why clients of it had to join again, once for each time. */
  readonly again: string[] = [];
  #orders = 0;

  constructor() {
    this.#child = fork(join(import.meta.dirname, "worker.ts"), { stdio: ["ignore", "ignore", "inherit", "ipc"] });
    this.#child.on("message", (raw) => {
      const answer = Answer.parse(raw);
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    this.#child.on("exit", (code, signal) => {
      for (const [id, heard] of this.#waiting)
        heard({ id, problem: `A load client's process ended: ${signal ?? code}` });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Fails when the client does, or says nothing for a minute. */
  async tell(order: WithoutId<z.input<typeof Order>>): Promise<Answer> {
    const id = ++this.#orders;
    const answer = await new Promise<Answer>((resolve) => {
      const late = setTimeout(
        () => resolve({ id, problem: `A load client did not ${order.do} within 60 s.` }),
        answerWithinMs,
      );
      this.#waiting.set(id, (heard) => {
        clearTimeout(late);
        resolve(heard);
      });
      if (this.#child.connected) this.#child.send({ id, ...order });
      else this.#waiting.get(id)?.({ id, problem: "A load client's process has ended." });
    });
    if (answer.problem !== undefined) throw new Error(answer.problem);
    this.again.push(...(answer.again ?? []));
    return answer;
  }

  async counts(): Promise<Count[]> {
    return (await this.tell({ do: "count" })).counts ?? [];
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }
}
