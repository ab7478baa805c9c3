import type { ReleasedState } from "@raadhuis/protocol/public";
import { LIVE, STATE } from "@raadhuis/protocol/publicNames";
import { multivariantPlaylist } from "./multivariant.ts";
import { mediaPlaylist, playlistName } from "./playlist.ts";
import { releasedState } from "./releasedState.ts";
import type { Renditions } from "./renditions.ts";
import type { Segment } from "./segment.ts";
import type { Sink } from "./sinks/sink.ts";
import { Timeline } from "./timeline.ts";

/** A part that no state names any more may still be asked for by whoever has the state before, ms. */
const AFTER_STATE_MS = 60_000;
const isPart = (name: string): boolean => name.startsWith("parts/");

/** What is public, as far as one sink has it. */
export interface View {
  /** That the broadcast began with. */
  renditions: Renditions;
  /** Oldest first; only ever more of them. */
  released: readonly Segment[];
  /** How many of these, from the oldest on, were taken back: of them nothing is told. */
  withdrawn: number;
  ended: boolean;
  recording: ReleasedState["recording"];
  delayMs: number | undefined;
}

/** State and playlist at one sink: made anew from what it has of the broadcast, whenever that is more. */
export class Publication {
  readonly #meeting: string;
  readonly #sink: Sink;
  readonly #timeline = new Timeline();
  #told = 0;
  #isListed = false;
  /** Parts that stand there, by when they were last named, ms; `null`: not looked yet. */
  #parts: Map<string, number> | null = null;

  constructor(meeting: string, sink: Sink) {
    this.#meeting = meeting;
    this.#sink = sink;
  }

  /** Without anything released there is nothing to say. A state comes after all that it names. */
  async publish({ renditions, released, withdrawn, ended, recording, delayMs }: View): Promise<void> {
    if (released.length === withdrawn) return;
    this.#told = Math.max(this.#told, withdrawn);
    for (; this.#told < released.length; this.#told++) this.#timeline.add(released[this.#told]!);
    const { state, parts } = releasedState(
      this.#meeting,
      released.slice(withdrawn),
      this.#timeline,
      ended,
      recording,
      delayMs,
    );
    const now = performance.now();
    this.#parts ??= new Map((await this.#sink.names()).filter(isPart).map((name) => [name, now]));
    for (const { name, text } of parts) {
      if (!this.#parts.has(name)) await this.#sink.put({ name, content: text });
      this.#parts.set(name, now);
    }
    await this.#sink.put({ name: STATE, content: JSON.stringify(state) });
    if (recording === null) await this.#playlists(renditions, released, withdrawn, ended);
    await this.#sweep(now - AFTER_STATE_MS);
  }

  async #playlists(
    renditions: Renditions,
    released: readonly Segment[],
    withdrawn: number,
    ended: boolean,
  ): Promise<void> {
    for (const [index, { id }] of renditions.entries()) {
      const content = mediaPlaylist(released, ended, index === 0 ? undefined : id, withdrawn);
      await this.#sink.put({ name: playlistName(id), content });
    }
    // Players fetch it once.
    if (this.#isListed) return;
    await this.#sink.put({ name: LIVE, content: multivariantPlaylist(renditions) });
    this.#isListed = true;
  }

  /** Parts that the newest state does not name go, whoever may ask for them. */
  async tidy(): Promise<void> {
    await this.#sweep(Math.max(...(this.#parts?.values() ?? [])));
  }

  async #sweep(before: number): Promise<void> {
    for (const [name, named] of this.#parts ?? []) {
      if (named >= before) continue;
      await this.#sink.remove(name);
      this.#parts?.delete(name);
    }
  }
}
