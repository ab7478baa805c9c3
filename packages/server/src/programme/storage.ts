import { rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Health } from "@raadhuis/protocol/socket";
import { Listeners } from "../parts/listeners.ts";

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
  readonly #whenChanged = new Listeners<[left: Left]>();
  #left: Left = "enough";
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<Left> | undefined;

  constructor(data: string) {
    this.#data = data;
  }

  onChange(listener: (left: Left) => void): void {
    this.#whenChanged.add(listener);
  }

  get left(): Left {
    return this.#left;
  }

  start(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => void this.look(), LOOK_MS);
    void this.look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  look(): Promise<Left> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #look(): Promise<Left> {
    const left = await this.#found();
    if (left !== this.#left) {
      this.#left = left;
      this.#whenChanged.tell(left);
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
