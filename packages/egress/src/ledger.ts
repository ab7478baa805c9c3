import { appendFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFile } from "@raadhuis/process/files";
import { Heading } from "@raadhuis/protocol/public";
import { DEFAULT_ZONE } from "@raadhuis/protocol/zone";
import { z } from "zod";
import { makeFolder, parsedJson, remove, textOf } from "./files.ts";
import { BEFORE_LISTS, RENDITIONS, Renditions } from "./renditions.ts";
import { Segment } from "./segment.ts";

/** A heading is written only where it changed. */
const Line = z.discriminatedUnion("type", [
  z.object({ type: z.literal("segment"), segment: Segment.omit({ heading: true }), heading: Heading.optional() }),
  /** Before the first segment. Broadcasts that began before there were lists do not say it. */
  z.object({ type: z.literal("renditions"), renditions: Renditions }),
  /** No segment follows. */
  z.object({ type: z.literal("ended") }),
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

  async remove(): Promise<void> {
    await remove(this.#path);
  }

  async #append(line: z.infer<typeof Line>): Promise<void> {
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
    if (line.type === "ended") {
      this.ended = true;
      return;
    }
    if (line.type === "renditions") {
      this.#renditions ??= line.renditions;
      return;
    }
    const heading = line.heading ?? this.segments.at(-1)?.heading ?? UNKNOWN;
    this.segments.push({ ...line.segment, heading });
  }
}
