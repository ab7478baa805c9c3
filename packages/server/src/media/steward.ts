import { setTimeout as pause } from "node:timers/promises";
import {
  type MeetingId,
  type MeetingRoom,
  type MeetingState,
  type Occupancy,
  rightsIn,
  type SeatId,
} from "@raadhuis/meeting";
import { isRefusedForTime } from "@raadhuis/protocol/tickets";
import type { Log } from "../log.ts";
import type { Change, Meetings } from "../meetings/meetings.ts";
import { Listeners } from "../parts/listeners.ts";
import type { Attendance } from "./attendance.ts";
import type { Participant } from "./mediaserver.ts";
import type { MediaCalls } from "./rooms.ts";
import { trackSources } from "./tickets.ts";

const PING_MS = 1_000;
const CHECK_ALL_MS = 30_000;
const RETRY_MS = [200, 500, 1_000, 2_000, 5_000];

/** How the media server answers. `clock`: it refuses tickets for their time. */
export type Media = "well" | "away" | "clock";

/** One time of duty: what is under way in it, and meetings that are being compared. */
interface Watch {
  readonly over: AbortController;
  readonly underWay: Set<Promise<void>>;
  readonly running: Map<MeetingId, "once" | "again">;
}

/**
 * Keeps the media server in step with the meetings, while it is on duty. What an event asks for is done at once; should a
 * call fail, or the media server have been away, the meeting is compared as a whole until both agree. Commands never wait
 * for this.
 */
export class Steward {
  readonly #server: MediaCalls;
  readonly #meetings: StewardOptions["meetings"];
  readonly #attendance: StewardOptions["attendance"];
  readonly #occupancy: StewardOptions["occupancy"];
  readonly #log: Log;
  readonly #whenRights = new Listeners<[meeting: MeetingId, seat: SeatId, room: string]>();
  readonly #whenHealth = new Listeners();
  #watch: Watch | undefined;
  #well: boolean | undefined;
  #clocksDiffer = false;
  #closed = false;

  constructor({ server, meetings, attendance, occupancy, log }: StewardOptions) {
    this.#server = server;
    this.#meetings = meetings;
    this.#attendance = attendance;
    this.#occupancy = occupancy;
    this.#log = log;
  }

  /** How the media server answered last time. `clock`: it refused our tickets for their time. */
  get media(): Media {
    return this.#well ? "well" : this.#clocksDiffer ? "clock" : "away";
  }

  /** It answers otherwise than before. */
  onHealth(listener: () => void): void {
    this.#whenHealth.add(listener);
  }

  /** It knows this seat's new rights in a room. */
  onRights(listener: (meeting: MeetingId, seat: SeatId, room: string) => void): void {
    this.#whenRights.add(listener);
  }

  /** Begins by comparing everything, as soon as the media server answers. */
  start(): void {
    if (this.#watch) return;
    const watch: Watch = { over: new AbortController(), underWay: new Set(), running: new Map() };
    this.#watch = watch;
    this.#well = undefined;
    this.#during(
      watch,
      this.#everySoOften(watch, PING_MS, () => this.#ping()),
    );
    this.#during(
      watch,
      this.#everySoOften(watch, CHECK_ALL_MS, () => this.checkAll()),
    );
  }

  /** Resolves when no call is under way any more that only whoever is on duty makes. */
  async stop(): Promise<void> {
    const watch = this.#watch;
    this.#watch = undefined;
    watch?.over.abort();
    await Promise.all(watch?.underWay ?? []);
  }

  /** Nobody is put out any more either. */
  close(): void {
    this.#closed = true;
  }

  /** Sees to what follows from a change. */
  follow({ before, after }: Change): void {
    const watch = this.#watch;
    if (!watch) return;
    if (!before || after.phase === "ended") {
      if (after.phase === "ended") this.check(after.id);
      return;
    }
    const sayRights = (seat: SeatId, room: string) => this.#whenRights.tell(after.id, seat, room);
    const calls = callsFor(this.#server, this.#occupancy(before), this.#occupancy(after), sayRights);
    if (calls.length === 0) return;
    const made = Promise.all(calls.map((call) => call())).catch((error) => {
      this.#log.warn({ meeting: after.id, reason: reasonOf(error) }, "the media server did not follow");
      this.check(after.id);
    });
    this.#during(watch, made);
  }

  /** Compares a meeting with what the media server has, and mends it, until it is done. */
  check(meeting: MeetingId): void {
    const watch = this.#watch;
    if (!watch) return;
    if (watch.running.has(meeting)) {
      watch.running.set(meeting, "again");
      return;
    }
    watch.running.set(meeting, "once");
    this.#during(
      watch,
      this.#untilDone(meeting, watch).finally(() => watch.running.delete(meeting)),
    );
  }

  #during({ underWay }: Watch, work: Promise<unknown>): void {
    const done = work.then(
      () => void underWay.delete(done),
      (error) => {
        underWay.delete(done);
        this.#log.error({ err: error }, "the media server was not kept in step");
      },
    );
    underWay.add(done);
  }

  async #everySoOften({ over: { signal } }: Watch, everyMs: number, act: () => Promise<void>): Promise<void> {
    while (!signal.aborted) {
      await act();
      await pause(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /**
   * Puts a seat out of the present rooms, or of those that fit, whatever its rights: it may come in again by a new session.
   * Whoever knows that it has to go says so, on duty or not.
   */
  putOut(meeting: MeetingId, seat: SeatId, fits: (room: string) => boolean = () => true): void {
    const state = this.#meetings.peek(meeting);
    for (const { name } of state ? this.#occupancy(state) : [])
      if (fits(name))
        this.#putOut(meeting, name, seat).catch((error) =>
          this.#log.error({ err: error, meeting }, "a seat was not put out"),
        );
  }

  async #putOut(meeting: MeetingId, room: string, seat: SeatId): Promise<void> {
    for (const ms of [...RETRY_MS, 0]) {
      const state = this.#meetings.peek(meeting);
      // A room that is over is deleted, with everybody who is in it.
      if (this.#closed || !state || !this.#occupancy(state).some(({ name }) => name === room)) return;
      try {
        return await this.#server.removeParticipant(room, seat);
      } catch (error) {
        this.#log.warn({ meeting, reason: reasonOf(error) }, "a seat could not be put out");
        await pause(ms);
      }
    }
  }

  async #untilDone(meeting: MeetingId, { over: { signal }, running }: Watch): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      try {
        const rooms = (await this.#server.rooms()).get(meeting) ?? [];
        if (signal.aborted) return;
        await this.#mend(meeting, rooms);
        if (running.get(meeting) !== "again") return;
        running.set(meeting, "once");
      } catch (error) {
        // While it is away the ping sees it come back, and everything is compared then.
        if (!this.#well) return;
        this.#log.warn({ meeting, reason: reasonOf(error) }, "the media server could not be brought in step");
        const ms = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)];
        await pause(ms, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #mend(meeting: MeetingId, rooms: readonly string[]): Promise<void> {
    const state = (await this.#meetings.present(meeting))?.state;
    // A cluster may be shared: a room of a meeting that this house never had is another house's.
    if (!state) return;
    const due = new Map(this.#occupancy(state).map((room) => [room.name, room]));
    await Promise.all(rooms.map((name) => this.#mendRoom(state, name, due.get(name))));
  }

  async #mendRoom(state: MeetingState, name: string, room: MeetingRoom | undefined): Promise<void> {
    if (!room) return this.#server.deleteRoom(name);
    const participants = await this.#server.participants(name);
    await Promise.all(participants.map((participant) => this.#mendParticipant(state, room, participant)));
  }

  async #mendParticipant(state: MeetingState, room: MeetingRoom, participant: Participant): Promise<void> {
    const { identity, session, publish } = participant;
    const occupant = room.occupants.find((occupant) => occupant.identity === identity);
    if (!occupant) return this.#server.removeParticipant(room.name, identity);
    if (occupant.kind !== "seat") return;
    if (!this.#attendance.has({ meeting: state.id, session }))
      return this.#server.removeParticipant(room.name, identity);
    const due = trackSources(occupant).sort((a, b) => a - b);
    if (due.join() !== publish.join()) await this.#server.setRights(room.name, identity, occupant);
  }

  async #ping(): Promise<void> {
    const [before, mediaBefore] = [this.#well, this.media];
    try {
      await this.#server.ping();
      this.#well = true;
    } catch (error) {
      this.#well = false;
      const reason = reasonOf(error);
      this.#clocksDiffer = isRefusedForTime(reason);
      const words = this.#clocksDiffer
        ? "the clocks of the house's machines differ"
        : "the media server does not answer";
      if (before !== false || this.media !== mediaBefore) this.#log.warn({ reason }, words);
    }
    if (this.#well !== before || this.media !== mediaBefore) this.#whenHealth.tell();
    if (this.#well && !before) {
      this.#log.info("the media server answers");
      await this.checkAll();
    }
  }

  /** Compares every meeting that has a room. */
  async checkAll(): Promise<void> {
    if (!this.#well || !this.#watch) return;
    try {
      for (const meeting of (await this.#server.rooms()).keys()) this.check(meeting);
    } catch (error) {
      this.#log.warn({ reason: reasonOf(error) }, "the rooms could not be listed");
    }
  }
}

interface StewardOptions {
  server: MediaCalls;
  meetings: Pick<Meetings, "peek" | "present">;
  attendance: Pick<Attendance, "has">;
  occupancy: (state: MeetingState) => Occupancy;
  log: Log;
}

/** What one change asks of the media server, all at the same time. */
function callsFor(
  server: MediaCalls,
  before: Occupancy,
  after: Occupancy,
  sayRights: (seat: SeatId, room: string) => void,
): (() => Promise<void>)[] {
  const named = (rooms: Occupancy, name: string) => rooms.find((room) => room.name === name);
  return [
    ...after
      .filter(({ name }) => !named(before, name))
      .map(
        ({ name }) =>
          () =>
            server.createRoom(name),
      ),
    ...before.flatMap((had) => {
      const has = named(after, had.name);
      return has ? callsWithin(server, had, has, sayRights) : [() => server.deleteRoom(had.name)];
    }),
  ];
}

/** In a room that stays. The broadcast leaves by its order. */
function callsWithin(
  server: MediaCalls,
  before: MeetingRoom,
  after: MeetingRoom,
  sayRights: (seat: SeatId, room: string) => void,
): (() => Promise<void>)[] {
  const room = after.name;
  return before.occupants.flatMap((had) => {
    if (had.kind !== "seat") return [];
    const seat = had.identity;
    const has = rightsIn(after, seat);
    if (!has) return [() => server.removeParticipant(room, seat)];
    if (had.publish.join() === has.publish.join()) return [];
    return [() => server.setRights(room, seat, has).finally(() => sayRights(seat, room))];
  });
}

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return "unknown";
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : "";
  return `${error.name}: ${error.message}${cause}`;
};
