import type { ProgrammeOrder } from "@raadhuis/protocol/children";

export type Taken =
  /** Older than what is known, or the same again. */
  | { kind: "known" }
  /** From `at` on the programme follows it. */
  | { kind: "taken"; at: number }
  /** It came too late: what is unreleased from `destroyFrom` on shows what it must not. */
  | { kind: "late"; destroyFrom: number };

/** What is on air, for comparing: orders with equal places may be late without harm. */
const placeOf = (order: ProgrammeOrder): string => (order.scene.kind === "live" ? `live ${order.scene.room}` : "slate");

/**
 * The order with its instant on the programme's clock, where that runs ahead of the wall clock, which was set back. No
 * event lies in the future: what seems to was told before the clock was set back, and told right.
 * @param ahead how far the programme's clock is ahead, ms
 */
export function placed(order: ProgrammeOrder, ahead: number, now: number): ProgrammeOrder {
  const at = order.at + ahead;
  return { ...order, at: at <= now ? at : Math.min(order.at, now) };
}

/** The server's orders by the instant at which each takes effect. */
export class OrderTimeline {
  #entries: { at: number; order: ProgrammeOrder }[] = [];

  get latest(): ProgrammeOrder | null {
    return this.#entries.at(-1)?.order ?? null;
  }

  /**
   * @param made programme time up to which frames are made already, ms
   */
  take(order: ProgrammeOrder, made: number): Taken {
    const last = this.#entries.at(-1);
    if (last && order.version < last.order.version) return { kind: "known" };
    if (last && order.version === last.order.version) {
      // The same state told again, with a fresh ticket.
      last.order = { ...order, at: last.order.at };
      return { kind: "known" };
    }
    const before = this.at(order.at);
    const late = before !== null && order.at < made && placeOf(before) !== placeOf(order);
    const at = late || order.at >= made ? order.at : made;
    this.#entries = this.#entries.filter((entry) => entry.at < at);
    this.#entries.push({ at, order });
    return late ? { kind: "late", destroyFrom: at } : { kind: "taken", at };
  }

  /** The order in force at programme time `at`; before the first order's time, the first; without any, `null`. */
  at(at: number): ProgrammeOrder | null {
    return (this.#entries.findLast((entry) => entry.at <= at) ?? this.#entries[0])?.order ?? null;
  }

  /** When the order after the one in force at `at` takes effect, ms; without any, never. */
  nextAfter(at: number): number {
    return this.#entries.find((entry) => entry.at > at)?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Forgets what no frame from `at` on needs. */
  forget(at: number): void {
    const current = this.#entries.findLastIndex((entry) => entry.at <= at);
    if (current > 0) this.#entries.splice(0, current);
  }
}
