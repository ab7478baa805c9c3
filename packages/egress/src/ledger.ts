import { appendFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { Serial } from "@raadhuis/process";
import { syncFile } from "@raadhuis/process/files";
import { Heading } from "@raadhuis/protocol/public";
import { DEFAULT_ZONE } from "@raadhuis/protocol/zone";
import { z } from "zod";
import { makeFolder, parsedJson, remove, textOf } from "./files.ts";
import type { View } from "./publication.ts";
import { BEFORE_LISTS, RENDITIONS, Renditions } from "./renditions.ts";
import { Segment } from "./segment.ts";

/** Numbers of segments; -1: none. */
export const Progress = z.object({
  /** It is done with these. */
  through: z.int(),
  /** And knows that these were taken back. */
  takenBack: z.int(),
});
export type Progress = z.infer<typeof Progress>;
const NOTHING: Progress = { through: -1, takenBack: -1 };

/** A heading is written only where it changed. */
const Line = z.discriminatedUnion("type", [
  z.object({ type: z.literal("segment"), segment: Segment.omit({ heading: true }), heading: Heading.optional() }),
  /** Before the first segment. Broadcasts that began before there were lists do not say it. */
  z.object({ type: z.literal("renditions"), renditions: Renditions }),
  /** No segment follows. */
  z.object({ type: z.literal("ended") }),
  /** What was released up to that number is public no more. */
  z.object({ type: z.literal("takenBack"), through: z.int() }),
  /** How far a sink is; the folder is as far as the ledger, always. */
  z.object({ type: z.literal("sink"), sink: z.string(), has: Progress }),
]);

/** Where the line that said it is damaged. */
const UNKNOWN: Heading = { body: "", title: "", startsAt: 0, zone: DEFAULT_ZONE, agenda: [] };

/**
 * What has been released, in order, on disk. It is the truth after a crash: the playlist, the state and the recording
 * are all made from it, and a segment that stands in it is never released twice.
 */
export class Ledger {
  readonly #path: string;
  /** Oldest first. */
  readonly segments: Segment[] = [];
  ended = false;
  /** Segments up to that number are public no more; -1: none was taken back. */
  takenBack = -1;
  readonly #sinks = new Map<string, Progress>();
  readonly #writing = new Serial();
  /** Lines that nobody can read: their segments stay in public and are not in the recording. */
  damaged = 0;
  /** Bytes that are known to be whole lines. */
  #size = 0;

  readonly #toBegin: Renditions;
  #renditions: Renditions | null = null;

  private constructor(path: string, toBegin: Renditions) {
    this.#path = path;
    this.#toBegin = toBegin;
  }

  /** @param toBegin of a broadcast that begins with this ledger */
  static async open(path: string, toBegin: Renditions = RENDITIONS): Promise<Ledger> {
    await makeFolder(dirname(path), 0o700);
    const ledger = new Ledger(path, toBegin);
    const text = (await textOf(path)) ?? "";
    // A line that a crash cut off was never announced anywhere: it goes.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole.length < text.length) await truncate(path, Buffer.byteLength(whole));
    ledger.#size = Buffer.byteLength(whole);
    for (const text of whole.split("\n").filter(Boolean)) {
      const line = Line.safeParse(parsedJson(text));
      if (line.success) ledger.#fold(line.data);
      else ledger.damaged++;
    }
    return ledger;
  }

  /** Those that the broadcast began with, or will begin with. */
  get renditions(): Renditions {
    return this.#renditions ?? (this.segments.length > 0 ? BEFORE_LISTS : this.#toBegin);
  }

  async add(segment: Segment): Promise<void> {
    if (!this.#renditions && this.segments.length === 0)
      await this.#append({ type: "renditions", renditions: this.#toBegin });
    const { heading, ...rest } = segment;
    const before = this.segments.at(-1)?.heading;
    const same = before !== undefined && JSON.stringify(before) === JSON.stringify(heading);
    await this.#append({ type: "segment", segment: rest, ...(same ? {} : { heading }) });
  }

  async end(): Promise<void> {
    await this.#append({ type: "ended" });
  }

  /** All that was released is public no more. Once more is harmless. */
  async takeBack(): Promise<void> {
    const through = this.segments.at(-1)?.number ?? -1;
    if (through > this.takenBack) await this.#append({ type: "takenBack", through });
  }

  /** How far a sink is that is not the folder. */
  has(sink: string): Progress {
    return this.#sinks.get(sink) ?? NOTHING;
  }

  async tell(sink: string, has: Progress): Promise<void> {
    await this.#append({ type: "sink", sink, has });
  }

  /** What is public where there are the first `count` segments of all. */
  view(count = this.segments.length): Pick<View, "renditions" | "released" | "withdrawn"> {
    const released = this.segments.slice(0, count);
    const first = released.findIndex(({ number }) => number > this.takenBack);
    return { renditions: this.renditions, released, withdrawn: first < 0 ? count : first };
  }

  async remove(): Promise<void> {
    await remove(this.#path);
  }

  /** One after the other: release and sinks go on at the same time. */
  #append(line: z.infer<typeof Line>): Promise<void> {
    return this.#writing.run(() => this.#write(line));
  }

  async #write(line: z.infer<typeof Line>): Promise<void> {
    const text = `${JSON.stringify(line)}\n`;
    try {
      await appendFile(this.#path, text, { mode: 0o600 });
      await syncFile(this.#path);
    } catch (error) {
      // On a full disk half a line may stand there; the next one must not be written behind it.
      await truncate(this.#path, this.#size).catch(() => undefined);
      throw error;
    }
    this.#size += Buffer.byteLength(text);
    this.#fold(line);
  }

  #fold(line: z.infer<typeof Line>): void {
    switch (line.type) {
      case "renditions":
        this.#renditions ??= line.renditions;
        break;
      case "takenBack":
        this.takenBack = line.through;
        break;
      case "sink":
        this.#sinks.set(line.sink, line.has);
        break;
      case "ended":
        this.ended = true;
        break;
      case "segment": {
        const heading = line.heading ?? this.segments.at(-1)?.heading ?? UNKNOWN;
        this.segments.push({ ...line.segment, heading });
      }
    }
  }
}
