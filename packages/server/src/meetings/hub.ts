import type { MeetingId, SeatId } from "@raadhuis/meeting";
import type { Health, Line, ServerMessage } from "@raadhuis/protocol/socket";
import { Listeners } from "../parts/listeners.ts";
import type { SeatOfMeeting } from "../store/access.ts";
import type { Change } from "./meetings.ts";
import type { Who } from "./who.ts";

export type OutCode = Extract<ServerMessage, { type: "out" }>["code"];

/** Who left, and by which session: that one's media end, whatever others the seat has. */
export interface Leaver extends SeatOfMeeting {
  session: string;
}

/** One open page, as the hub sees it. */
export interface Page {
  readonly who: Who;
  readonly meeting: MeetingId;
  /** Hash of the session's secret, to close what it opened when it ends. */
  readonly session: string;
  /** Let in, and following the meeting. */
  readonly isIn: boolean;
  /** Let in, and gone on from the lobby: its person is in the chamber. */
  readonly isInChamber: boolean;
  /** How good it says that its line is; `null`: it says nothing, or is not in. */
  readonly line: Line | null;
  send(message: ServerMessage): void;
  /** The same for many pages, written once. */
  sendText(text: Buffer): void;
  /** The meeting went on. */
  follow(change: Change): void;
  /** Called every few seconds: shows the page that the line lives, and gives up one that answers no more. */
  beat(): void;
  close(code: number, reason: string): void;
  /** At once and without a word: whoever does not answer a close would hold the socket. */
  end(): void;
  /** Says why, for good, and closes. */
  leave(code: OutCode): void;
}

/** Every open page of every meeting. */
export class Hub {
  readonly #pages = new Map<MeetingId, Set<Page>>();
  /** The same by seat: it is asked for each seat whenever anybody comes or goes. */
  readonly #bySeat = new Map<string, Set<Page>>();
  readonly #watchers = new Listeners<[meeting: MeetingId]>();
  readonly #watchersOfLeaving = new Listeners<[leaver: Leaver]>();
  readonly #watchersOfOffices = new Listeners<[meeting: MeetingId]>();
  /** Of which the watchers are to be told. */
  readonly #moved = new Set<MeetingId>();

  /** Called soon after a page of this meeting came in, was let in or went. */
  watch(watcher: (meeting: MeetingId) => void): void {
    this.#watchers.add(watcher);
  }

  /** Called when the person of a seat pressed Leave in a page of theirs, which is gone. */
  watchLeaving(watcher: (leaver: Leaver) => void): void {
    this.#watchersOfLeaving.add(watcher);
  }

  left(leaver: Leaver): void {
    this.#watchersOfLeaving.tell(leaver);
  }

  /** Called when a page of the office came in, to be shown how things are. */
  watchOffices(watcher: (meeting: MeetingId) => void): void {
    this.#watchersOfOffices.add(watcher);
  }

  officeCame(meeting: MeetingId): void {
    this.#watchersOfOffices.tell(meeting);
  }

  /** Told once of all that came at the same moment: three hundred who come back are looked through once, not each time. */
  moved(meeting: MeetingId): void {
    if (this.#moved.size === 0) setImmediate(() => this.#tellWatchers());
    this.#moved.add(meeting);
  }

  #tellWatchers(): void {
    const meetings = [...this.#moved];
    this.#moved.clear();
    for (const meeting of meetings) this.#watchers.tell(meeting);
  }

  add(page: Page): void {
    const { meeting } = page;
    const present = this.#pages.get(meeting) ?? new Set();
    this.#pages.set(meeting, present.add(page));
    const seat = seatKeyOf(page);
    if (seat) this.#bySeat.set(seat, (this.#bySeat.get(seat) ?? new Set()).add(page));
  }

  remove(page: Page): void {
    const { meeting } = page;
    const present = this.#pages.get(meeting);
    if (!present?.delete(page)) return;
    if (present.size === 0) this.#pages.delete(meeting);
    const seat = seatKeyOf(page) ?? "";
    const ofSeat = this.#bySeat.get(seat);
    if (ofSeat?.delete(page) && ofSeat.size === 0) this.#bySeat.delete(seat);
    this.moved(meeting);
  }

  of(meeting: MeetingId): readonly Page[] {
    return [...(this.#pages.get(meeting) ?? [])];
  }

  meetings(): MeetingId[] {
    return [...this.#pages.keys()];
  }

  *all(): Iterable<Page> {
    for (const present of this.#pages.values()) yield* [...present];
  }

  /** Is somebody in the chamber by a page of this seat? */
  isHere(meeting: MeetingId, seat: SeatId): boolean {
    return this.ofSeat(meeting, seat).some(({ isInChamber }) => isInChamber);
  }

  ofSeat(meeting: MeetingId, seat: SeatId): Page[] {
    return [...(this.#bySeat.get(keyOf(meeting, seat)) ?? [])];
  }

  tell(change: Change): void {
    for (const page of this.of(change.after.id)) page.follow(change);
    this.moved(change.after.id);
  }

  tellHealth(meeting: MeetingId, health: Health): void {
    for (const page of this.of(meeting)) if (page.who.kind === "office") page.send({ type: "health", health });
  }

  /** The session that opened these pages has ended, and why, where their people are to do something else about it. */
  endSession(isOver: (page: Page) => boolean, code: "seat.no-session" | "seat.new-link" = "seat.no-session"): void {
    for (const page of this.all()) if (isOver(page)) page.leave(code);
  }
}

const keyOf = (meeting: MeetingId, seat: SeatId): string => `${meeting}/${seat}`;
const seatKeyOf = ({ meeting, who }: Page): string | undefined =>
  who.kind === "seat" ? keyOf(meeting, who.seat) : undefined;
