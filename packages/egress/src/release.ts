import { join } from "node:path";
import { copyWhole, UNFINISHED, writeWhole } from "@raadhuis/process/files";
import type { ReleasedState } from "@raadhuis/protocol/public";
import { makeFolder, namesIn, remove } from "./files.ts";
import type { Folders } from "./folders.ts";
import type { Ledger } from "./ledger.ts";
import { livePlaylist, WINDOW_MS } from "./playlist.ts";
import { releasedState } from "./releasedState.ts";
import { endOf, initName, mediaName, type Segment } from "./segment.ts";
import type { Unreleased } from "./unreleased.ts";

/** A player that began with an old playlist may still ask for what has left the window, ms. */
const AFTER_WINDOW_MS = 60_000;

/** Those whose last frame is `delayMs` old and not after `limit`, oldest first: nothing overtakes. */
export function due(unreleased: readonly Segment[], now: number, delayMs: number, limit: number): Segment[] {
  const wait = unreleased.findIndex((segment) => endOf(segment) > limit || endOf(segment) + delayMs > now);
  return unreleased.slice(0, wait < 0 ? unreleased.length : wait);
}

/** The one way into `public/`. */
export class Release {
  readonly #meeting: string;
  readonly #folders: Folders;
  readonly #unreleased: Unreleased;
  readonly #ledger: Ledger;
  /** The last run whose init segment stands in public. */
  #run: number | null = null;
  #delayMs: number | undefined;
  /** How many of the ledger's segments, from the oldest on, were looked at for leaving. */
  #left = 0;

  constructor(meeting: string, folders: Folders, unreleased: Unreleased, ledger: Ledger) {
    this.#meeting = meeting;
    this.#folders = folders;
    this.#unreleased = unreleased;
    this.#ledger = ledger;
  }

  /** Releases the next segment if it is old enough. @param limit nothing that ends after this time @returns whether it was */
  async advance(now: number, delayMs: number, limit: number): Promise<boolean> {
    const next = due(this.#unreleased.segments, now, delayMs, limit)[0];
    if (!next) return false;
    await makeFolder(this.#folders.public);
    this.#delayMs = delayMs;
    await this.#release(next);
    await this.publish(null);
    return true;
  }

  /** Playlist and state anew, as the ledger stands. Without anything released there is nothing to say. */
  async publish(recording: ReleasedState["recording"]): Promise<void> {
    const { segments, ended } = this.#ledger;
    if (segments.length === 0) return;
    await makeFolder(this.#folders.public);
    const state = releasedState(this.#meeting, segments, ended, recording, this.#delayMs);
    await writeWhole(join(this.#folders.public, "state.json"), JSON.stringify(state));
    if (recording === null) await writeWhole(join(this.#folders.public, "live.m3u8"), livePlaylist(segments, ended));
    await this.#leave();
  }

  /** After the recording: the segments and their playlist go. */
  async removeSegments(): Promise<void> {
    await remove(join(this.#folders.public, "live.m3u8"));
    for (const segment of this.#ledger.segments) await remove(join(this.#folders.public, mediaName(segment.number)));
    for (const run of new Set(this.#ledger.segments.map((segment) => segment.run)))
      await remove(join(this.#folders.public, initName(run)));
    await this.#removeUnfinished();
  }

  /** What an egress before this one was writing when it died, and nobody writes again. */
  async #removeUnfinished(): Promise<void> {
    for (const name of await namesIn(this.#folders.public))
      if (name.endsWith(UNFINISHED)) await remove(join(this.#folders.public, name));
  }

  /** What the public has is taken back. What says that there is something goes last: a death in between is made good. */
  async takeBack(): Promise<void> {
    await this.removeSegments();
    await remove(join(this.#folders.public, "state.json"));
  }

  async #release(segment: Segment): Promise<void> {
    const known = this.#ledger.segments.at(-1);
    // A crash came between the ledger's line and the removal from memory.
    if (known && segment.number <= known.number) return this.#unreleased.drop(segment);
    if (this.#run !== segment.run) {
      await copyWhole(this.#unreleased.initOf(segment.run), join(this.#folders.public, initName(segment.run)));
      this.#run = segment.run;
    }
    await copyWhole(this.#unreleased.pathOf(segment), join(this.#folders.public, mediaName(segment.number)));
    await this.#ledger.add(segment);
    await this.#unreleased.drop(segment);
  }

  /** Segments that are not for the recording go once no player can want them. */
  async #leave(): Promise<void> {
    const { segments } = this.#ledger;
    const before = endOf(segments.at(-1)!) - WINDOW_MS - AFTER_WINDOW_MS;
    for (; segments[this.#left] && endOf(segments[this.#left]!) < before; this.#left++)
      if (!segments[this.#left]!.record)
        await remove(join(this.#folders.public, mediaName(segments[this.#left]!.number)));
  }
}
