import type { MeetingId, SeatId } from "@raadhuis/meeting";
import type { Health } from "@raadhuis/protocol";
import type { Connection } from "./connection.ts";
import type { Change } from "./meetings.ts";

/** Every open page of every meeting. */
export class Hub {
  readonly #connections = new Map<MeetingId, Set<Connection>>();
  readonly #watchers: ((meeting: MeetingId) => void)[] = [];

  /** Called when a page of this meeting came in, was let in or went. */
  watch(watcher: (meeting: MeetingId) => void): void {
    this.#watchers.push(watcher);
  }

  moved(meeting: MeetingId): void {
    for (const watcher of this.#watchers) watcher(meeting);
  }

  add(connection: Connection): void {
    const { meeting } = connection;
    const present = this.#connections.get(meeting) ?? new Set();
    this.#connections.set(meeting, present.add(connection));
  }

  remove(connection: Connection): void {
    const { meeting } = connection;
    const present = this.#connections.get(meeting);
    if (!present?.delete(connection)) return;
    if (present.size === 0) this.#connections.delete(meeting);
    this.moved(meeting);
  }

  of(meeting: MeetingId): readonly Connection[] {
    return [...(this.#connections.get(meeting) ?? [])];
  }

  meetings(): MeetingId[] {
    return [...this.#connections.keys()];
  }

  *all(): Iterable<Connection> {
    for (const present of this.#connections.values()) yield* [...present];
  }

  /** Is a page of this seat open that has been let in? */
  isHere(meeting: MeetingId, seat: SeatId): boolean {
    return this.ofSeat(meeting, seat).some(({ isIn }) => isIn);
  }

  ofSeat(meeting: MeetingId, seat: SeatId): Connection[] {
    return this.of(meeting).filter(({ who }) => who.kind === "seat" && who.seat === seat);
  }

  tell(change: Change): void {
    for (const connection of this.of(change.after.id)) connection.follow(change);
    this.moved(change.after.id);
  }

  tellHealth(meeting: MeetingId, health: Health): void {
    for (const connection of this.of(meeting))
      if (connection.who.kind === "office") connection.send({ type: "health", health });
  }

  /** The session that opened these pages has ended. */
  endSession(isOver: (connection: Connection) => boolean): void {
    for (const connection of this.all()) if (isOver(connection)) connection.leave("seat.no-session");
  }
}
