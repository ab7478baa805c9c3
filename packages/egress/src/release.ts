import { UNFINISHED } from "@raadhuis/process/files";
import type { ReleasedState } from "@raadhuis/protocol/public";
import { LIVE, STATE } from "@raadhuis/protocol/publicNames";
import type { Folders } from "./folders.ts";
import type { Ledger } from "./ledger.ts";
import { playlistName, WINDOW_MS } from "./playlist.ts";
import { Publication } from "./publication.ts";
import { endOf, initName, initNames, mediaName, mediaNames, renditionsOf, type Segment } from "./segment.ts";
import { FolderSink } from "./sinks/folder.ts";
import type { Sink } from "./sinks/sink.ts";
import type { Unreleased } from "./unreleased.ts";

/** A player that began with an old playlist may still ask for what has left the window, ms. */
const AFTER_WINDOW_MS = 60_000;

/** For a sink that is further behind nothing is kept that is not kept anyway, ms: an hour of slates is some 100 MB. */
const FOR_SINKS_MS = 3600_000;

/** Those whose last frame is `delayMs` old and not after `limit`, oldest first: nothing overtakes. */
export function due(unreleased: readonly Segment[], now: number, delayMs: number, limit: number): Segment[] {
  const wait = unreleased.findIndex((segment) => endOf(segment) > limit || endOf(segment) + delayMs > now);
  return unreleased.slice(0, wait < 0 ? unreleased.length : wait);
}

/** The one way into `public/`. */
export class Release {
  readonly #unreleased: Unreleased;
  readonly #ledger: Ledger;
  readonly #sink: Sink;
  readonly #publication: Publication;
  /** Init segments that stand in public. */
  readonly #inits = new Set<string>();
  /** Whether a sink has not taken a segment yet. */
  readonly #isNeeded: (segment: Segment) => boolean;
  #delayMs: number | undefined;
  /** How many of the ledger's segments, from the oldest on, were looked at for leaving. */
  #left = 0;

  constructor(
    meeting: string,
    folders: Folders,
    unreleased: Unreleased,
    ledger: Ledger,
    isNeeded: (segment: Segment) => boolean = () => false,
  ) {
    this.#isNeeded = isNeeded;
    this.#unreleased = unreleased;
    this.#ledger = ledger;
    this.#sink = new FolderSink(folders.public);
    this.#publication = new Publication(meeting, this.#sink);
  }

  /** Releases the next segment if it is old enough. @param limit nothing that ends after this time @returns whether it was */
  async advance(now: number, delayMs: number, limit: number): Promise<boolean> {
    const next = due(this.#unreleased.segments, now, delayMs, limit)[0];
    if (!next) return false;
    this.#delayMs = delayMs;
    await this.#release(next);
    await this.publish(null);
    return true;
  }

  /** Playlist and state anew, as the ledger stands. */
  async publish(recording: ReleasedState["recording"]): Promise<void> {
    const { ended } = this.#ledger;
    await this.#publication.publish({ ...this.#ledger.view(), ended, recording, delayMs: this.#delayMs });
    await this.#leave();
  }

  /** After the recording: the segments and their playlist go. */
  async removeSegments(): Promise<void> {
    await this.#sink.remove(LIVE);
    for (const { id } of this.#ledger.renditions) await this.#sink.remove(playlistName(id));
    for (const name of this.#ledger.segments.flatMap(mediaNames)) await this.#sink.remove(name);
    for (const name of new Set(this.#ledger.segments.flatMap(initNames))) await this.#sink.remove(name);
    for (const name of await this.#sink.names()) if (name.endsWith(UNFINISHED)) await this.#sink.remove(name);
    await this.#publication.tidy();
  }

  /** What the public has is taken back. What says that there is something goes last: a death in between is made good. */
  async takeBack(): Promise<void> {
    await this.#ledger.takeBack();
    const names = await this.#sink.names();
    for (const name of names) if (name !== STATE) await this.#sink.remove(name);
    await this.#sink.remove(STATE);
  }

  async #release(segment: Segment): Promise<void> {
    const known = this.#ledger.segments.at(-1);
    // A crash came between the ledger's line and the removal from memory.
    if (known && segment.number <= known.number) return this.#unreleased.drop(segment);
    for (const rendition of renditionsOf(segment)) {
      const init = initName(segment.run, rendition);
      if (!this.#inits.has(init)) await this.#put(init, this.#unreleased.initOf(segment.run, rendition));
      this.#inits.add(init);
      await this.#put(mediaName(segment.number, rendition), this.#unreleased.pathOf(segment, rendition));
    }
    await this.#ledger.add(segment);
    await this.#unreleased.drop(segment);
  }

  #put(name: string, path: string): Promise<void> {
    return this.#sink.put({ name, content: { path } });
  }

  /** Segments that are not for the recording go once no player can want them, nor any sink. */
  async #leave(): Promise<void> {
    const { segments } = this.#ledger;
    const newest = segments.at(-1);
    const before = newest ? endOf(newest) - WINDOW_MS - AFTER_WINDOW_MS : 0;
    for (; segments[this.#left] && endOf(segments[this.#left]!) < before; this.#left++) {
      const segment = segments[this.#left]!;
      if (endOf(segment) > before - FOR_SINKS_MS && this.#isNeeded(segment)) return;
      if (!segment.record) for (const name of mediaNames(segment)) await this.#sink.remove(name);
    }
  }
}
