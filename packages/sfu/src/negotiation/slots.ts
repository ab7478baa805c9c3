import type { Kind } from "../engine/medooze.ts";
import type { Subscription } from "../track/subscription.ts";

/**
 * A section the client receives in. `leaving`: its track ended and the client does not know yet; browsers fire no
 * new `track` event unless the section has been inactive in between.
 */
interface Slot {
  kind: Kind;
  subscription: Subscription | null;
  leaving: boolean;
}

/** Which subscription goes out in which section, by mid, and those that wait for one. */
export class Slots {
  readonly #slots = new Map<string, Slot>();
  readonly #waiting = new Set<Subscription>();

  add(subscription: Subscription): void {
    this.#waiting.add(subscription);
  }

  /** Whether the client is to be told. */
  remove(subscription: Subscription): boolean {
    this.#waiting.delete(subscription);
    subscription.release();
    const slot = [...this.#slots.values()].find((candidate) => candidate.subscription === subscription);
    if (slot === undefined) return false;
    slot.subscription = null;
    slot.leaving = true;
    return true;
  }

  /** What this section carries from the next description on, of what these codecs do for; `null`: nothing. */
  fill(mid: string, kind: Kind, codecs: ReadonlySet<string>): Subscription | null {
    const slot = this.#slots.get(mid) ?? { kind, subscription: null, leaving: false };
    this.#slots.set(mid, slot);
    if (slot.leaving) {
      slot.leaving = false;
      return null;
    }
    if (slot.subscription === null) {
      slot.subscription =
        [...this.#waiting].find((waiting) => waiting.track.kind === kind && waiting.agree(codecs)) ?? null;
      if (slot.subscription) this.#waiting.delete(slot.subscription);
    }
    return slot.subscription;
  }

  /** Those that wait for a section of this kind, and that these codecs do not do for. */
  unfit(kind: Kind, codecs: ReadonlySet<string>): Subscription[] {
    return [...this.#waiting].filter(({ track }) => track.kind === kind && track.codecFor(codecs) === null);
  }

  /** The section is no more. Returns what it carried: released, and to be added anew or given up. */
  close(mid: string): Subscription | null {
    const subscription = this.#slots.get(mid)?.subscription ?? null;
    this.#slots.delete(mid);
    subscription?.release();
    return subscription;
  }

  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** How many more sections of this kind it takes, so that nothing waits. */
  missing(kind: Kind): number {
    const waiting = [...this.#waiting].filter((subscription) => subscription.track.kind === kind).length;
    const free = [...this.#slots.values()].filter((slot) => slot.kind === kind && slot.subscription === null).length;
    return Math.max(0, waiting - free);
  }

  midToTrackId(): Record<string, string> {
    const named: Record<string, string> = {};
    for (const [mid, slot] of this.#slots) if (slot.subscription) named[mid] = slot.subscription.track.sid;
    return named;
  }

  /** What is sent now arrives. */
  connect(): void {
    for (const slot of this.#slots.values()) slot.subscription?.connect();
  }

  stop(): void {
    for (const slot of this.#slots.values()) slot.subscription?.release();
    this.#slots.clear();
    this.#waiting.clear();
  }
}
