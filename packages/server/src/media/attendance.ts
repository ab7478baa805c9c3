import type { MeetingId } from "@raadhuis/meeting";
import type { Hub } from "../meetings/hub.ts";
import { Listeners } from "../parts/listeners.ts";
import { type Elsewhere, nobodyElsewhere } from "../servers/others.ts";

/**
 * As long as whoever is cut off keeps the floor (meetings/presence.ts): a page that comes back by then, from an outage or
 * a new start of the server, finds its media as they were.
 */
const GRACE_MS = 30_000;

interface AttendanceOptions {
  hub: Pick<Hub, "of">;
  elsewhere?: Pick<Elsewhere, "sessionsIn">;
  graceMs?: number | undefined;
}

interface Attender {
  meeting: MeetingId;
  /** Hash of its secret. */
  session: string;
}

/**
 * Whose media may be in the chamber: a session's while a page of it is there, and for some seconds after the last one is
 * gone; not a moment longer when its person said that they leave. Without a page nobody is heard: the record says that
 * they left. By session, not by seat: whoever closed one of their devices is not heard from it because the other is there.
 * A server that has just begun knows nobody yet, and gives everybody that time.
 */
export class Attendance {
  readonly #hub: AttendanceOptions["hub"];
  readonly #elsewhere: Pick<Elsewhere, "sessionsIn">;
  readonly #graceMs: number;
  /** By meeting, the sessions that may have media; with the timer that ends it once their last page is gone. */
  readonly #known = new Map<MeetingId, Map<string, NodeJS.Timeout | null>>();
  /** While nobody is known yet: who pressed Leave. */
  readonly #left = new Set<string>();
  readonly #whenGone = new Listeners<[meeting: MeetingId]>();
  readonly #whenSettled = new Listeners();
  #settling: NodeJS.Timeout | undefined;
  #settled = false;
  #stopped = false;

  constructor({ hub, elsewhere = nobodyElsewhere, graceMs = GRACE_MS }: AttendanceOptions) {
    this.#hub = hub;
    this.#elsewhere = elsewhere;
    this.#graceMs = graceMs;
  }

  /** A session of this meeting has no media any more. */
  onGone(listener: (meeting: MeetingId) => void): void {
    this.#whenGone.add(listener);
  }

  /** The grace that a new start of the server gives everybody is over. */
  onSettled(listener: () => void): void {
    this.#whenSettled.add(listener);
  }

  /** The server listens: pages find their way back from now on. */
  start(): void {
    this.#settling = setTimeout(() => {
      this.#settled = true;
      this.#left.clear();
      this.#whenSettled.tell();
    }, this.#graceMs);
  }

  /** The pages that go now go because the server does: nobody's media end with them. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#settling);
    for (const sessions of this.#known.values())
      for (const timer of sessions.values()) clearTimeout(timer ?? undefined);
  }

  has({ meeting, session }: Attender): boolean {
    if (this.#known.get(meeting)?.has(session)) return true;
    return !this.#settled && !this.#left.has(session);
  }

  /** A page of this meeting came in or went. */
  check(meeting: MeetingId): void {
    if (this.#stopped) return;
    const here = this.#inChamber(meeting);
    const known = this.#known.get(meeting) ?? new Map<string, NodeJS.Timeout | null>();
    for (const session of here) {
      this.#left.delete(session);
      clearTimeout(known.get(session) ?? undefined);
      known.set(session, null);
    }
    for (const [session, timer] of known)
      if (!here.has(session) && timer === null)
        known.set(
          session,
          setTimeout(() => this.#end({ meeting, session }), this.#graceMs),
        );
    if (known.size > 0) this.#known.set(meeting, known);
  }

  /** A page of this session is gone because its person pressed Leave; while another one is open they are here. */
  left(attender: Attender): void {
    if (this.#stopped || this.#inChamber(attender.meeting).has(attender.session)) return;
    if (!this.#settled) this.#left.add(attender.session);
    this.#end(attender);
  }

  #inChamber(meeting: MeetingId): ReadonlySet<string> {
    const pages = this.#hub.of(meeting).filter(({ who, isInChamber }) => who.kind === "seat" && isInChamber);
    return new Set([...pages.map(({ session }) => session), ...this.#elsewhere.sessionsIn(meeting)]);
  }

  #end({ meeting, session }: Attender): void {
    const known = this.#known.get(meeting);
    clearTimeout(known?.get(session) ?? undefined);
    known?.delete(session);
    if (known?.size === 0) this.#known.delete(meeting);
    this.#whenGone.tell(meeting);
  }
}
