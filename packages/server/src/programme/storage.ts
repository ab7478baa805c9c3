import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Health } from "@raadhuis/protocol/socket";

/** How often it is looked, ms. */
const LOOK_MS = 3_000;
/**
 * What an hour on air needs: its segments (1.6 Mbit/s at most, egress/src/encoder.ts) and, when the meeting ends, as much
 * again for the recording that is made of them, before the segments go.
 */
const HOUR_BYTES = 2 * 3600 * (1_600_000 / 8);
/** What is tried to be written where little is left: more than a command needs, less than anybody misses. */
const TRIAL_BYTES = 128 * 1024;

export type Left = "enough" | "low" | "none";

export const storageHealth = (left: Left): Health["storage"] => {
  if (left === "none") return { light: "red", code: "storage.full" };
  return left === "low" ? { light: "amber", code: "storage.low" } : { light: "green", code: "storage.well" };
};

/** How much can still be kept in the data folder. Looked at before it is needed, so that somebody can make room in time. */
export class Storage {
  readonly #data: string;
  readonly #onChange: (left: Left) => void;
  #left: Left = "enough";
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(data: string, onChange: (left: Left) => void) {
    this.#data = data;
    this.#onChange = onChange;
  }

  get left(): Left {
    return this.#left;
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
    void this.look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async look(): Promise<Left> {
    if (this.#looking) return this.#left;
    this.#looking = true;
    const left = await this.#found().finally(() => {
      this.#looking = false;
    });
    if (left !== this.#left) {
      this.#left = left;
      this.#onChange(left);
    }
    return left;
  }

  async #found(): Promise<Left> {
    const { bavail, bsize } = await statfs(this.#data).catch(() => ({ bavail: 0, bsize: 0 }));
    if (bavail * bsize >= HOUR_BYTES) return "enough";
    // Free space says nothing of quotas, nor of a disk that was made read-only after an error.
    const trial = join(this.#data, ".trial");
    try {
      await writeFile(trial, Buffer.alloc(TRIAL_BYTES), { mode: 0o600 });
      return "low";
    } catch {
      return "none";
    } finally {
      await rm(trial, { force: true }).catch(() => undefined);
    }
  }
}
