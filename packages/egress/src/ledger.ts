import { appendFile, open, readFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { makeFolder, remove } from "./files.ts";
import { Heading, Segment } from "./segment.ts";

/** A heading is written only where it changed. */
const Line = z.discriminatedUnion("type", [
  z.object({ type: z.literal("segment"), segment: Segment.omit({ heading: true }), heading: Heading.optional() }),
  /** No segment follows. */
  z.object({ type: z.literal("ended") }),
]);

/**
 * What has been released, in order, on disk. It is the truth after a crash: the playlist, the state and the recording
 * are all made from it, and a segment that stands in it is never released twice.
 */
export class Ledger {
  readonly #path: string;
  /** Oldest first. */
  readonly segments: Segment[] = [];
  ended = false;

  private constructor(path: string) {
    this.#path = path;
  }

  static async open(path: string): Promise<Ledger> {
    await makeFolder(dirname(path), 0o700);
    const ledger = new Ledger(path);
    const text = await readFile(path, "utf8").catch(() => "");
    // A line that a crash cut off was never announced anywhere: it goes.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
    for (const line of whole.split("\n").filter(Boolean)) ledger.#fold(Line.parse(JSON.parse(line)));
    return ledger;
  }

  async add(segment: Segment): Promise<void> {
    const { heading, ...rest } = segment;
    const before = this.segments.at(-1)?.heading;
    const same = before !== undefined && JSON.stringify(before) === JSON.stringify(heading);
    await this.#append({ type: "segment", segment: rest, ...(same ? {} : { heading }) });
  }

  async end(): Promise<void> {
    await this.#append({ type: "ended" });
  }

  async remove(): Promise<void> {
    await remove(this.#path);
  }

  async #append(line: z.infer<typeof Line>): Promise<void> {
    await appendFile(this.#path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    const file = await open(this.#path, "r+");
    try {
      await file.sync();
    } finally {
      await file.close();
    }
    this.#fold(line);
  }

  #fold(line: z.infer<typeof Line>): void {
    if (line.type === "ended") {
      this.ended = true;
      return;
    }
    const heading = line.heading ?? this.segments.at(-1)?.heading;
    if (!heading) throw new Error(`${this.#path}: its first line has no heading.`);
    this.segments.push({ ...line.segment, heading });
  }
}
