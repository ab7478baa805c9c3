import type { TimelineEntry } from "@raadhuis/protocol/public";
import { type Part, partOf } from "./parts.ts";
import type { Segment } from "./segment.ts";

/**
 * Entries of one part. Those that fill none yet stand in state.json, which every viewer fetches with every segment; whoever
 * comes in late fetches all parts. `viewer.test.ts` says what either costs.
 */
export const ENTRIES_PER_PART = 64;

/** The timeline of what is released, grown by each segment: whole parts, which stay as they are, and the rest. */
export class Timeline {
  readonly parts: Part[] = [];
  #index: Part | null = null;
  /** Entries after those in parts, oldest first. */
  rest: TimelineEntry[] = [];
  #before = "";

  /** Entries that repeat the one before are left out. */
  add({ timeline }: Pick<Segment, "timeline">): void {
    for (const entry of timeline) {
      const { at: _, ...shown } = entry;
      const same = JSON.stringify(shown);
      if (same !== this.#before) this.rest.push(entry);
      this.#before = same;
    }
    while (this.rest.length >= ENTRIES_PER_PART) {
      this.parts.push(partOf({ entries: this.rest.splice(0, ENTRIES_PER_PART) }));
      this.#index = null;
    }
  }

  /** Names the parts; `null`: there is none yet. */
  get index(): Part | null {
    if (this.parts.length > 0) this.#index ??= partOf({ parts: this.parts.map(({ name }) => name) });
    return this.#index;
  }
}
