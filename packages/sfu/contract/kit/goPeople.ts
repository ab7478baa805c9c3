import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { GoPerson, type Happening } from "./goPerson.ts";

const program = fileURLToPath(new URL("../../../../.cache/go-people", import.meta.url));

/**
 * Options of a suite with people by LiveKit's Go SDK, which set-up builds (bin/lib/goPeople.mjs): skipped where there is
 * no Go to build it, and failing where it should have been built.
 */
export const withGo: { skip?: string } =
  existsSync(program) || spawnSync("go", ["version"]).status === 0 ? {} : { skip: "there is no Go to build its SDK" };

const Said = z.union([
  z.object({ id: z.number(), result: z.unknown(), error: z.string().optional() }),
  z.object({ who: z.string(), kind: z.string(), detail: z.record(z.string(), z.unknown()).nullable() }),
]);

/** Longest that the SDK takes for anything it is asked, ms: then it has hung. */
const patienceMs = 45_000;
const endsWithinMs = 5_000;

/** One process of ../go with everybody of a suite who is there by LiveKit's Go SDK. */
export class GoPeople {
  readonly #process: ChildProcess;
  readonly #happenings = new Map<string, Happening[]>();
  readonly #asked = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  #count = 0;
  #ended: Error | null = null;

  constructor() {
    this.#process = spawn(program, { stdio: ["pipe", "pipe", "inherit"] });
    this.#process.on("error", (error) => this.#end(error));
    this.#process.on("exit", (code) => this.#end(new Error(`The people by Go's SDK ended with ${code}.`)));
    this.#process.stdin?.on("error", () => {});
    if (this.#process.stdout)
      createInterface({ input: this.#process.stdout }).on("line", (line) => this.#hear(Said.parse(JSON.parse(line))));
  }

  /** Somebody who has not joined yet. */
  person(): GoPerson {
    const who = String(++this.#count);
    const happenings: Happening[] = [];
    this.#happenings.set(who, happenings);
    return new GoPerson((what, details = null) => this.#ask(who, what, details), happenings);
  }

  async stop(): Promise<void> {
    if (this.#ended) return;
    const over = new Promise((resolve) => this.#process.once("exit", resolve));
    this.#process.stdin?.end();
    const late = setTimeout(() => this.#process.kill("SIGKILL"), endsWithinMs);
    await over;
    clearTimeout(late);
  }

  #ask(who: string, what: string, details: unknown): Promise<unknown> {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const late = setTimeout(() => {
        this.#asked.delete(id);
        reject(new Error(`Go's SDK has not answered to ${what} in ${patienceMs / 1000} s.`));
      }, patienceMs);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T) => {
          clearTimeout(late);
          settle(value);
        };
      this.#asked.set(id, { resolve: settled(resolve), reject: settled(reject) });
      this.#process.stdin?.write(`${JSON.stringify({ id, who, do: what, with: details })}\n`);
    });
  }

  #hear(said: z.infer<typeof Said>): void {
    if ("who" in said) {
      this.#happenings.get(said.who)?.push({ kind: said.kind, ...said.detail });
      return;
    }
    const asked = this.#asked.get(said.id);
    this.#asked.delete(said.id);
    if (said.error === undefined) asked?.resolve(said.result);
    else asked?.reject(new Error(said.error));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#asked.values()) reject(error);
    this.#asked.clear();
  }
}
