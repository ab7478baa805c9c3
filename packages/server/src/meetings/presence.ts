import type { Command, MeetingId, SeatId } from "@raadhuis/meeting";
import { mayEnter } from "@raadhuis/meeting";
import type { Log } from "../log.ts";
import type { Hub } from "./hub.ts";
import type { Meetings } from "./meetings.ts";

/** A page that reloads or changes network is back within this time, and nobody saw it go. */
const GRACE_MS = 10_000;
/** Whoever has the floor and is cut off keeps it for this long; then it is free, and nobody is named as speaking. */
const FLOOR_GRACE_MS = 30_000;

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
  /** Until a seat that is gone leaves, and until it loses the floor. */
  readonly #leaving = new Map<string, NodeJS.Timeout>();
  readonly #losing = new Map<string, NodeJS.Timeout>();
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
    if (this.#stopped || !state || state.phase === "closed") return;
    for (const { id, present } of state.seats) {
      const here = this.#hub.isHere(meeting, id);
      if (here) this.#stay(meeting, id);
      if (here && !present && mayEnter(state, id)) this.#say(meeting, { type: "arrive", seat: id });
      if (here) continue;
      if (present) this.#unlessBack(this.#leaving, this.#graceMs, meeting, { type: "leave", seat: id, said: false });
      if (state.floor.holder === id)
        this.#unlessBack(this.#losing, this.#floorGraceMs, meeting, { type: "takeFloor", seat: id });
    }
  }

  /** The person of this seat pressed Leave in one of its pages; while another one is open they are here. */
  left(meeting: MeetingId, seat: SeatId): void {
    if (this.#stopped || this.#hub.isHere(meeting, seat)) return;
    this.#stay(meeting, seat);
    this.#say(meeting, { type: "leave", seat, said: true });
  }

  /** The pages that go now go because the server does. */
  stop(): void {
    this.#stopped = true;
    for (const timers of [this.#leaving, this.#losing]) {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    }
  }

  /** Says it of a seat when the time is over and no page of it came back. */
  #unlessBack(
    timers: Map<string, NodeJS.Timeout>,
    afterMs: number,
    meeting: MeetingId,
    command: Command & { seat: SeatId },
  ): void {
    const key = keyOf(meeting, command.seat);
    if (timers.has(key)) return;
    const timer = setTimeout(() => {
      timers.delete(key);
      if (!this.#hub.isHere(meeting, command.seat)) this.#say(meeting, command);
    }, afterMs);
    timers.set(key, timer);
  }

  #stay(meeting: MeetingId, seat: SeatId): void {
    const key = keyOf(meeting, seat);
    for (const timers of [this.#leaving, this.#losing]) {
      clearTimeout(timers.get(key));
      timers.delete(key);
    }
  }

  /** Refusals are fine here: the meeting went on in between, and the next check sees it. */
  #say(meeting: MeetingId, command: Command): void {
    this.#meetings
      .execute({ meeting, command, actor: { kind: "house" } })
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
