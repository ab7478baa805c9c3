import type { Heading, TimelineEntry } from "@raadhuis/protocol/public";
import { EncoderRun, type Fragment } from "./encoder.ts";
import { OtherRendition } from "./otherRendition.ts";
import { FRAME_MS, FRAMES_PER_SEGMENT, SAMPLES_PER_FRAME } from "./picture.ts";
import { recordable } from "./recordable.ts";
import type { Rendition } from "./renditions.ts";
import type { Segment } from "./segment.ts";
import type { Unreleased } from "./unreleased.ts";

/** A picture that lasts longer than this is not kept back until others have come, frames. */
const MOST_LOOKED_PAST = 4;

/** What is noted of a frame, for the segment it becomes part of. */
export interface Note {
  scene: Omit<TimelineEntry, "at">;
  heading: Heading;
  recording: boolean;
}

/**
 * One encoder run on the programme's clock: frames in, segments into the unreleased store. A new one begins where
 * time jumps or something was destroyed.
 */
export class Encoding {
  readonly run: number;
  /** Programme time of its frame 0, ms. */
  readonly startAt: number;
  readonly #encoder: EncoderRun;
  readonly #others: readonly OtherRendition[];
  /** Of the first rendition, until it is known what there is of the others. */
  #waiting: Fragment[] = [];
  readonly #unreleased: Unreleased;
  readonly #history: () => Pick<Segment, "live" | "number">[];
  #notes: { frame: number; note: Note }[] = [];
  #before = "";
  #cutFrame = 0;

  private constructor(
    run: number,
    startAt: number,
    encoder: EncoderRun,
    others: readonly OtherRendition[],
    unreleased: Unreleased,
    history: () => Pick<Segment, "live" | "number">[],
  ) {
    this.run = run;
    this.startAt = startAt;
    this.#encoder = encoder;
    this.#others = others;
    this.#unreleased = unreleased;
    this.#history = history;
  }

  /**
   * @param history all segments so far, released or not, oldest first
   * @param renditions besides the first one
   */
  static async begin(
    run: number,
    startAt: number,
    unreleased: Unreleased,
    history: () => Pick<Segment, "live" | "number">[],
    renditions: readonly Rendition[] = [],
  ): Promise<Encoding> {
    const encoder = await EncoderRun.open();
    const others: OtherRendition[] = [];
    try {
      await unreleased.begin(run, encoder.init);
      for (const rendition of renditions) {
        const { other, init } = await OtherRendition.open(rendition);
        others.push(other);
        await unreleased.begin(run, init, rendition.id);
      }
    } catch (error) {
      for (const one of [encoder, ...others]) one.close();
      throw error;
    }
    return new Encoding(run, startAt, encoder, others, unreleased, history);
  }

  /** Programme time from which on frames are only in memory, ms. */
  get pendingFrom(): number {
    return this.startAt + this.#cutFrame * FRAME_MS;
  }

  /** How many frames from `at` on are left in its segment. */
  leftInSegment(at: number): number {
    return FRAMES_PER_SEGMENT - (this.#frameAt(at) % FRAMES_PER_SEGMENT);
  }

  /** @param whole whether there is time for all renditions; otherwise the others are left out */
  async add(at: number, picture: Buffer, sound: Float32Array, note: Note, whole = true): Promise<void> {
    const frame = this.#frameAt(at);
    this.#notes.push({ frame, note });
    const rare = sound.length > MOST_LOOKED_PAST * SAMPLES_PER_FRAME;
    for (const other of this.#others) await other.encode(frame, picture, sound, rare, whole);
    await this.#store(await this.#encoder.encode(frame, picture, sound, rare));
  }

  /** What is encoded becomes a last, shorter segment. */
  async finish(): Promise<void> {
    for (const other of this.#others) await other.finish();
    await this.#store(await this.#encoder.finish());
  }

  /** What is only in memory is gone. */
  discard(): void {
    for (const one of [this.#encoder, ...this.#others]) one.close();
  }

  #frameAt(at: number): number {
    return Math.round((at - this.startAt) / FRAME_MS);
  }

  async #store(fragments: Fragment[]): Promise<void> {
    this.#waiting.push(...fragments);
    const unknown = ({ firstFrame }: Fragment) => this.#others.some((other) => !other.knows(firstFrame));
    while (this.#waiting[0] && !unknown(this.#waiting[0])) {
      const { data, firstFrame, frames } = this.#waiting.shift()!;
      const more = this.#takeMore(firstFrame);
      this.#cutFrame = firstFrame + frames;
      const later = this.#notes.findIndex(({ frame }) => frame >= this.#cutFrame);
      const notes = this.#notes.splice(0, later < 0 ? this.#notes.length : later);
      const last = notes.at(-1);
      if (!last) throw new Error(`Segment at frame ${firstFrame} has no note.`);
      const history = this.#history();
      const live = notes.some(({ note }) => note.scene.scene === "live");
      const segment: Segment = {
        number: (history.at(-1)?.number ?? -1) + 1,
        run: this.run,
        at: this.startAt + firstFrame * FRAME_MS,
        frames,
        bytes: data.length,
        more: Object.fromEntries(Object.entries(more).map(([id, { length }]) => [id, length])),
        live,
        record: last.note.recording && recordable(history, live),
        timeline: this.#changes(notes),
        heading: last.note.heading,
      };
      await this.#unreleased.add(segment, data, more);
    }
  }

  #takeMore(firstFrame: number): Record<string, Buffer> {
    const more: Record<string, Buffer> = {};
    for (const other of this.#others) {
      const data = other.take(firstFrame);
      if (data) more[other.id] = data;
    }
    return more;
  }

  #changes(notes: { frame: number; note: Note }[]): TimelineEntry[] {
    const changes: TimelineEntry[] = [];
    for (const { frame, note } of notes) {
      const now = JSON.stringify(note.scene);
      if (now !== this.#before) changes.push({ at: this.startAt + frame * FRAME_MS, ...note.scene });
      this.#before = now;
    }
    return changes;
  }
}
