import type { MeetingId, SeatId } from "@raadhuis/meeting";
import type { Line, SeatLine } from "@raadhuis/protocol/socket";
import { Listeners } from "../parts/listeners.ts";
import { type Elsewhere, nobodyElsewhere } from "../servers/others.ts";
import type { Hub, Page } from "./hub.ts";

const order: readonly Line["light"][] = ["green", "amber", "red"];

/**
 * How good the lines of those in the chamber are, as their own pages measure it: a page sees both ways of its own line,
 * on whatever media server, and nobody else can say of it what that page does not. Shown to the office, and kept
 * nowhere: it is gone with the page. A page that lies harms the light beside its own name.
 */
export class Lines {
  readonly #hub: Pick<Hub, "of">;
  readonly #elsewhere: Pick<Elsewhere, "of">;
  readonly #pauseMs: number;
  /** What each office page was told last, as JSON. */
  readonly #told = new WeakMap<Page, string>();
  readonly #due = new Map<MeetingId, NodeJS.Timeout>();
  readonly #whenChanged = new Listeners<[meeting: MeetingId]>();

  /** `pauseMs`: between two messages about one meeting, so that many lines that change are told together. */
  constructor(hub: Pick<Hub, "of">, { elsewhere = nobodyElsewhere, pauseMs = 1000 } = {}) {
    this.#hub = hub;
    this.#elsewhere = elsewhere;
    this.#pauseMs = pauseMs;
  }

  /** A page here may say another thing of its line than before. */
  onChanged(listener: (meeting: MeetingId) => void): void {
    this.#whenChanged.add(listener);
  }

  /** Something may have changed in this meeting: its office pages are told soon. */
  changed(meeting: MeetingId): void {
    this.#whenChanged.tell(meeting);
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
    const lines = linesOf([...pages.map(seatAndLine), ...this.#elsewhere.of(meeting)]);
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

const seatAndLine = ({ who, line }: Page) => ({ seat: who.kind === "seat" ? who.seat : null, line });

/** One for each seat that told: of several pages the worst. */
function linesOf(pages: readonly { seat: SeatId | null; line: Line | null }[]): SeatLine[] {
  const worst = new Map<SeatId, Line>();
  for (const { seat, line } of pages) {
    if (seat === null || line === null) continue;
    const known = worst.get(seat);
    if (!known || order.indexOf(line.light) > order.indexOf(known.light)) worst.set(seat, line);
  }
  return [...worst].map(([seat, line]) => ({ seat, ...line }));
}
