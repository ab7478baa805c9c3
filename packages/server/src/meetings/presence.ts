import type { Command, MeetingId, SeatId } from "@raadhuis/meeting";
import { mayEnter } from "@raadhuis/meeting";
import type { Log } from "../log.ts";
import type { Hub } from "./hub.ts";
import type { Meetings } from "./meetings.ts";

/** A page that reloads or changes network is back within this time, and nobody saw it go. */
const GRACE_MS = 10_000;

/**
 * Who is here is what the house sees: a seat arrives with its first page and leaves some seconds after its last one
 * is gone, also when the server was restarted in between.
 */
export class Presence {
  readonly #meetings: Meetings;
  readonly #hub: Hub;
  readonly #log: Log;
  readonly #graceMs: number;
  readonly #leaving = new Map<string, NodeJS.Timeout>();
  #stopped = false;

  constructor({ meetings, hub, log, graceMs = GRACE_MS }: PresenceOptions) {
    this.#meetings = meetings;
    this.#hub = hub;
    this.#log = log;
    this.#graceMs = graceMs;
  }

  /** Compares what the state says with the pages that are open, and sets right what differs. */
  check(meeting: MeetingId): void {
    const state = this.#meetings.peek(meeting);
    if (this.#stopped || !state || state.phase === "closed") return;
    for (const { id, present } of state.seats) {
      const here = this.#hub.isHere(meeting, id);
      if (here) this.#stay(meeting, id);
      if (here && !present && mayEnter(state, id)) this.#say(meeting, { type: "arrive", seat: id });
      if (!here && present) this.#leaveSoon(meeting, id);
    }
  }

  /** The pages that go now go because the server does. */
  stop(): void {
    this.#stopped = true;
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }

  #leaveSoon(meeting: MeetingId, seat: SeatId): void {
    const key = `${meeting}/${seat}`;
    if (this.#leaving.has(key)) return;
    const timer = setTimeout(() => {
      this.#leaving.delete(key);
      if (!this.#hub.isHere(meeting, seat)) this.#say(meeting, { type: "leave", seat });
    }, this.#graceMs);
    this.#leaving.set(key, timer);
  }

  #stay(meeting: MeetingId, seat: SeatId): void {
    const key = `${meeting}/${seat}`;
    clearTimeout(this.#leaving.get(key));
    this.#leaving.delete(key);
  }

  /** Refusals are fine here: the meeting went on in between, and the next check sees it. */
  #say(meeting: MeetingId, command: Command): void {
    this.#meetings
      .execute({ meeting, command, actor: { kind: "house" } })
      .catch((error) => this.#log.error({ err: error, meeting }, "presence could not be written down"));
  }
}

interface PresenceOptions {
  meetings: Meetings;
  hub: Hub;
  log: Log;
  graceMs?: number | undefined;
}
