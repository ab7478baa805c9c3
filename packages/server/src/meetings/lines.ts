import type { MeetingId, SeatId } from "@raadhuis/meeting";
import type { Line, SeatLine } from "@raadhuis/protocol/socket";
import type { Hub, Page } from "./hub.ts";

const order: readonly Line["light"][] = ["green", "amber", "red"];

/**
 * How good the lines of those in the chamber are, as their own pages measure it: a page sees both ways of its own line,
 * on whatever media server, and nobody else can say of it what that page does not. Shown to the office, and kept
 * nowhere: it is gone with the page. A page that lies harms the light beside its own name.
 */
export class Lines {
  readonly #hub: Hub;
  readonly #pauseMs: number;
  /** What each office page was told last, as JSON. */
  readonly #told = new WeakMap<Page, string>();
  readonly #due = new Map<MeetingId, NodeJS.Timeout>();

  /** `pauseMs`: between two messages about one meeting, so that many lines that change are told together. */
  constructor(hub: Hub, pauseMs = 1000) {
    this.#hub = hub;
    this.#pauseMs = pauseMs;
  }

  /** Something may have changed in this meeting: its office pages are told soon. */
  changed(meeting: MeetingId): void {
    if (this.#due.has(meeting)) return;
    const timer = setTimeout(() => {
      this.#due.delete(meeting);
      this.tell(meeting);
    }, this.#pauseMs);
    this.#due.set(meeting, timer.unref());
  }

  tell(meeting: MeetingId): void {
    const pages = this.#hub.of(meeting);
    const offices = pages.filter(({ who }) => who.kind === "office");
    if (offices.length === 0) return;
    const lines = linesOf(pages);
    const text = JSON.stringify(lines);
    for (const office of offices) {
      if ((this.#told.get(office) ?? "[]") === text) continue;
      this.#told.set(office, text);
      office.send({ type: "lines", lines });
    }
  }

  stop(): void {
    for (const timer of this.#due.values()) clearTimeout(timer);
    this.#due.clear();
  }
}

/** One for each seat that told: of several pages the worst. */
function linesOf(pages: readonly Page[]): SeatLine[] {
  const worst = new Map<SeatId, Line>();
  for (const { who, line } of pages) {
    if (who.kind !== "seat" || line === null) continue;
    const known = worst.get(who.seat);
    if (!known || order.indexOf(line.light) > order.indexOf(known.light)) worst.set(who.seat, line);
  }
  return [...worst].map(([seat, line]) => ({ seat, ...line }));
}
