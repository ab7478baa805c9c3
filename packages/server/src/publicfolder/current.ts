import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { Serial } from "@raadhuis/process";
import { writeWhole } from "@raadhuis/process/files";
import type { Log } from "../log.ts";

/** Between two tries, ms: the first, and doubled with each failure up to the longest. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;

/** What is to stand in a file, asked for when it is written; `undefined`: nothing yet. */
export type Content = () => Promise<unknown>;

/**
 * Files that follow what changes. Of each only what is to stand there at last is kept in mind; where the disk takes
 * nothing it is tried again until all of them are current, so a disk that was full and has room again needs nobody.
 */
export class CurrentFiles {
  readonly #log: Log;
  readonly #wanted = new Map<string, Content>();
  readonly #writing = new Serial();
  /** Something was put, or is to be tried again, that no pass has begun with. */
  #due = false;
  #failed = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stopped = false;

  constructor(log: Log) {
    this.#log = log;
  }

  put(path: string, content: Content): void {
    this.#wanted.set(path, content);
    this.#tryAll();
  }

  /** Resolves when everything that was put has been tried. */
  settled(): Promise<void> {
    return this.#writing.settled();
  }

  /** Nothing is tried again. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#writing.settled();
  }

  /** Readable for everybody. */
  async #put(path: string, value: unknown): Promise<void> {
    await mkdir(dirname(path), { recursive: true, mode: 0o755 });
    await writeWhole(path, JSON.stringify(value), { unfinished: `.${process.pid}.tmp` });
  }

  #tryAll(): void {
    this.#due = true;
    void this.#writing.run(() => this.#write());
  }

  async #write(): Promise<void> {
    // Tried with what was put before it: on a full disk each of many would try all the others anew.
    if (!this.#due) return;
    this.#due = false;
    clearTimeout(this.#timer);
    let fault: unknown;
    for (const [path, content] of [...this.#wanted]) {
      try {
        const value = await content();
        if (value !== undefined) await this.#put(path, value);
        if (this.#wanted.get(path) === content) this.#wanted.delete(path);
      } catch (error) {
        fault = error;
      }
    }
    if (fault === undefined) {
      if (this.#failed > 0) this.#log.info("the public folder is current again");
      this.#failed = 0;
      return;
    }
    if (this.#failed === 0)
      this.#log.error({ err: fault }, "the public folder could not be written; it is tried again");
    if (this.#stopped) return;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** this.#failed, LONGEST_PAUSE_MS);
    this.#failed = Math.min(this.#failed + 1, 10);
    this.#timer = setTimeout(() => this.#tryAll(), pause).unref();
  }
}
