import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { UNFINISHED, writeWhole } from "@raadhuis/process/files";
import { ProgrammeOrder } from "@raadhuis/protocol/children";
import { EncoderRun } from "./encoder.ts";
import { makeFolder, parsedJson, remove, sizeOf, textOf } from "./files.ts";
import { Newest } from "./newest.ts";
import { endOf, initName, mediaName, mediaNames, Segment } from "./segment.ts";

/**
 * The most that one meeting's unreleased segments take, bytes: some 45 minutes at the highest bit rate, while nothing
 * can be released. Then nothing new is made; what waits is kept.
 */
export const MOST_WAITING = 512 * 1024 * 1024;

/** A segment could not be kept: no room, or no right to write. What was kept before it is untouched. */
export class NotKept extends Error {}

const ORDER = "order.json";
const allBytesOf = ({ bytes, more }: Segment): number => Object.values(more).reduce((sum, one) => sum + one, bytes);
const metaName = (number: number): string => `${number}.json`;

/**
 * Segments that nobody may see yet, in memory-backed files: they outlive this process and not the machine. A segment
 * counts from the moment its description is there; its media came first.
 */
export class Unreleased {
  readonly folder: string;
  /** Oldest first. */
  readonly segments: Segment[] = [];
  /** Descriptions whose segment could not be taken over: nobody can play it. */
  damaged = 0;

  readonly #most: number;
  readonly #orders = new Newest();

  private constructor(folder: string, most: number) {
    this.folder = folder;
    this.#most = most;
  }

  /** Takes over what an egress before this one left. */
  static async open(folder: string, most = MOST_WAITING): Promise<Unreleased> {
    await makeFolder(folder, 0o700);
    const store = new Unreleased(folder, most);
    const names = await readdir(folder);
    for (const name of names.filter((name) => /^\d+\.json$/.test(name))) {
      const { data } = Segment.safeParse(parsedJson((await textOf(join(folder, name))) ?? ""));
      if (data && (await sizeOf(store.pathOf(data))) === data.bytes) store.segments.push(await store.#whole(data));
      else {
        store.damaged++;
        await remove(join(folder, name));
      }
    }
    store.segments.sort((a, b) => a.number - b.number);
    const known = new Set(store.segments.flatMap(mediaNames));
    for (const name of names)
      if (name.endsWith(UNFINISHED) || (name.endsWith(".m4s") && !known.has(name))) await remove(join(folder, name));
    for (const run of new Set(store.segments.map((segment) => segment.run))) await store.#mendInit(run);
    return store;
  }

  /** @param rendition none for the first one */
  pathOf(segment: Segment, rendition?: string): string {
    return join(this.folder, mediaName(segment.number, rendition));
  }

  initOf(run: number, rendition?: string): string {
    return join(this.folder, initName(run, rendition));
  }

  async begin(run: number, init: Buffer, rendition?: string): Promise<void> {
    await this.#keep(() => writeWhole(this.initOf(run, rendition), init, { mode: 0o600 }));
  }

  /** Whether one more segment may wait. */
  get hasRoom(): boolean {
    return this.segments.reduce((sum, segment) => sum + allBytesOf(segment), 0) < this.#most;
  }

  /** Throws NotKept. @param more of the other renditions that there is something of */
  async add(segment: Segment, media: Buffer, more: Record<string, Buffer> = {}): Promise<void> {
    await this.#keep(async () => {
      for (const [rendition, data] of Object.entries(more))
        await writeWhole(this.pathOf(segment, rendition), data, { mode: 0o600 });
      await writeWhole(this.pathOf(segment), media, { mode: 0o600 });
      await writeWhole(join(this.folder, metaName(segment.number)), JSON.stringify(segment), { mode: 0o600 });
    });
    this.segments.push(segment);
  }

  async #keep(write: () => Promise<void>): Promise<void> {
    try {
      await write();
    } catch (error) {
      throw new NotKept(`Nothing can be kept in ${this.folder}.`, { cause: error });
    }
  }

  /** The oldest segment has been released (or was, before a crash). */
  async drop(segment: Segment): Promise<void> {
    this.segments.splice(this.segments.indexOf(segment), 1);
    await this.#remove(segment);
    if (!this.segments.some((other) => other.run <= segment.run)) await this.#dropInits(segment.run - 1);
  }

  /** Destroys every segment with a frame at or after `at`. @returns where the gap begins, ms; `null`: nothing was there */
  async destroyFrom(at: number): Promise<number | null> {
    const doomed = this.segments.filter((segment) => endOf(segment) > at);
    // Newest first: should this process die in between, what is left has no hole.
    for (const segment of doomed.reverse()) {
      this.segments.splice(this.segments.indexOf(segment), 1);
      await this.#remove(segment);
    }
    return doomed.at(-1)?.at ?? null;
  }

  /** The last order, so that a restarted egress goes on while the server is away. */
  /** Of orders that come while one is written, only the newest is: two at a time would rename each other's half. */
  keepOrder(order: ProgrammeOrder): Promise<void> {
    return this.#orders.do(() => writeWhole(join(this.folder, ORDER), JSON.stringify(order), { mode: 0o600 }));
  }

  async lastOrder(): Promise<ProgrammeOrder | null> {
    const text = await textOf(join(this.folder, ORDER));
    return ProgrammeOrder.safeParse(parsedJson(text ?? "")).data ?? null;
  }

  /** The meeting's broadcast is over. */
  async clear(): Promise<void> {
    for (const name of await readdir(this.folder)) await remove(join(this.folder, name));
  }

  async #remove(segment: Segment): Promise<void> {
    await remove(join(this.folder, metaName(segment.number)));
    for (const name of mediaNames(segment)) await remove(join(this.folder, name));
  }

  /** Without what of other renditions a machine that lost its power left half of. */
  async #whole(segment: Segment): Promise<Segment> {
    const more: Segment["more"] = {};
    for (const [rendition, bytes] of Object.entries(segment.more))
      if (
        (await sizeOf(this.pathOf(segment, rendition))) === bytes &&
        (await sizeOf(this.initOf(segment.run, rendition)))
      )
        more[rendition] = bytes;
    return { ...segment, more };
  }

  /** All runs are encoded alike, so an init segment that was lost can be made again. */
  async #mendInit(run: number): Promise<void> {
    if (await sizeOf(this.initOf(run))) return;
    const encoder = await EncoderRun.open();
    await this.begin(run, encoder.init);
    encoder.close();
  }

  async #dropInits(upTo: number): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const run = /^init-(?:.+-)?(\d+)\.mp4$/.exec(name)?.[1];
      if (run !== undefined && Number(run) <= upTo) await remove(join(this.folder, name));
    }
  }
}
