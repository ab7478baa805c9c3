import type { Command, MeetingId, MeetingState, Seat, SeatId } from "@raadhuis/meeting";
import { mayEnter, seatOf } from "@raadhuis/meeting";
import type { Log } from "../log.ts";
import type { SeatOfMeeting } from "../store/access.ts";
import type { Hub } from "./hub.ts";
import type { Meetings } from "./meetings.ts";

/** A page that reloads or changes network is back within this time, and nobody saw it go. */
const GRACE_MS = 10_000;
/** Whoever has the floor and is cut off keeps it for this long; then it is free, and nobody is named as speaking. */
const FLOOR_GRACE_MS = 30_000;
/** After somebody came or went, those who come and go within this time are told of together. */
const GATHER_MS = 1_000;

/**
 * Who is here is what the house sees: a seat arrives with its first page that goes into the chamber (nobody is here by
 * standing in the lobby) and leaves some seconds after its last one is gone, also when the server was restarted in
 * between; at once when its person said so.
 */
export class Presence {
  readonly #meetings: PresenceOptions["meetings"];
  readonly #hub: PresenceOptions["hub"];
  readonly #log: Log;
  readonly #graceMs: number;
  readonly #floorGraceMs: number;
  /** Until a seat that is gone counts as such, and until it loses the floor. */
  readonly #going = new Map<string, NodeJS.Timeout>();
  readonly #losing = new Map<string, NodeJS.Timeout>();
  /** Who came since it was told last; also whoever has gone again by now was here. */
  readonly #came = new Set<string>();
  /** Whose time to come back is over. */
  readonly #gone = new Set<string>();
  /** Meetings of which something was told just now. */
  readonly #gathering = new Map<MeetingId, NodeJS.Timeout>();
  #stopped = false;

  constructor({ meetings, hub, log, graceMs = GRACE_MS, floorGraceMs = FLOOR_GRACE_MS }: PresenceOptions) {
    this.#meetings = meetings;
    this.#hub = hub;
    this.#log = log;
    this.#graceMs = graceMs;
    this.#floorGraceMs = floorGraceMs;
  }

  /** Compares what the state says with the pages that are open, and sets right what differs. */
  check(meeting: MeetingId): void {
    const state = this.#meetings.peek(meeting);
    if (this.#stopped || !state || state.phase === "ended") return;
    for (const { id, present } of state.seats) {
      if (this.#hub.isHere(meeting, id)) {
        this.#stay(meeting, id);
        if (!present) this.#came.add(keyOf(meeting, id));
      } else {
        if (present) this.#wait(this.#going, this.#graceMs, { meeting, seat: id }, () => this.#isGone(meeting, id));
        if (state.floor.holder === id)
          this.#wait(this.#losing, this.#floorGraceMs, { meeting, seat: id }, () =>
            this.#say(meeting, { type: "takeFloor", seat: id }),
          );
      }
    }
    if (!this.#gathering.has(meeting)) this.#tell(meeting, state);
  }

  /** Whoever does something is here: that is written down before what they do, however short a time ago they came. */
  acts(meeting: MeetingId, seat: SeatId): void {
    const state = this.#meetings.peek(meeting);
    if (this.#stopped || !state || state.phase === "ended" || !this.#hub.isHere(meeting, seat)) return;
    if (seatOf(state, seat)?.present !== false) return;
    this.#came.add(keyOf(meeting, seat));
    this.#tell(meeting, state);
  }

  /** The person of this seat pressed Leave in one of its pages; while another one is open they are here. */
  left(meeting: MeetingId, seat: SeatId): void {
    if (this.#stopped || this.#hub.isHere(meeting, seat)) return;
    this.#stay(meeting, seat);
    const state = this.#meetings.peek(meeting);
    if (state && this.#came.has(keyOf(meeting, seat))) this.#tell(meeting, state);
    this.#say(meeting, { type: "leave", seats: [seat], said: true });
  }

  /** The pages that go now go because the server does. */
  stop(): void {
    this.#stopped = true;
    for (const timers of [this.#going, this.#losing, this.#gathering]) {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    }
  }

  /** Who came and who went since it was told last, all of them together. */
  #tell(meeting: MeetingId, state: MeetingState): void {
    const comes = ({ id, present }: Seat) => this.#came.has(keyOf(meeting, id)) && !present && mayEnter(state, id);
    const goes = ({ id, present }: Seat) => present && this.#gone.has(keyOf(meeting, id));
    const coming = state.seats.filter(comes).map(({ id }) => id);
    const going = state.seats.filter(goes).map(({ id }) => id);
    if (coming.length > 0 || going.length > 0) this.#gather(meeting);
    if (coming.length > 0) this.#say(meeting, { type: "arrive", seats: coming });
    if (going.length > 0) this.#say(meeting, { type: "leave", seats: going, said: false });
    for (const seat of coming) this.#came.delete(keyOf(meeting, seat));
    for (const seat of going) this.#gone.delete(keyOf(meeting, seat));
  }

  #gather(meeting: MeetingId): void {
    if (this.#gathering.has(meeting)) return;
    const timer = setTimeout(() => {
      this.#gathering.delete(meeting);
      this.check(meeting);
    }, GATHER_MS);
    this.#gathering.set(meeting, timer);
  }

  #isGone(meeting: MeetingId, seat: SeatId): void {
    this.#gone.add(keyOf(meeting, seat));
    this.check(meeting);
  }

  /** Does it when the time is over and no page of this seat came back. */
  #wait(timers: Map<string, NodeJS.Timeout>, afterMs: number, { meeting, seat }: SeatOfMeeting, done: () => void) {
    const key = keyOf(meeting, seat);
    if (timers.has(key) || this.#gone.has(key)) return;
    const timer = setTimeout(() => {
      timers.delete(key);
      if (!this.#hub.isHere(meeting, seat)) done();
    }, afterMs);
    timers.set(key, timer);
  }

  #stay(meeting: MeetingId, seat: SeatId): void {
    const key = keyOf(meeting, seat);
    this.#gone.delete(key);
    for (const timers of [this.#going, this.#losing]) {
      clearTimeout(timers.get(key));
      timers.delete(key);
    }
  }

  /** Refusals are fine here: the meeting went on in between, and the next check sees it. */
  #say(meeting: MeetingId, command: Command): void {
    this.#meetings
      .execute({ meeting, command, actor: { kind: "house", part: "presence" } })
      .catch((error) => this.#log.error({ err: error, meeting }, "presence could not be written down"));
  }
}

const keyOf = (meeting: MeetingId, seat: SeatId): string => `${meeting}/${seat}`;

interface PresenceOptions {
  meetings: Pick<Meetings, "peek" | "execute">;
  hub: Pick<Hub, "isHere">;
  log: Log;
  graceMs?: number | undefined;
  floorGraceMs?: number | undefined;
}
