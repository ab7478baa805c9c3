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
import type { Attendance } from "./attendance.ts";
import type { MediaServer, Participant } from "./mediaserver.ts";
import { trackSources } from "./tickets.ts";

const PING_MS = 1_000;
const CHECK_ALL_MS = 30_000;
const RETRY_MS = [200, 500, 1_000, 2_000, 5_000];

/** How the media server answers. `clock`: it refuses tickets for their time. */
export type Media = "well" | "away" | "clock";

/**
 * Keeps the media server in step with the meetings. What an event asks for is done at once; should a call fail, or the
 * media server have been away, the meeting is compared as a whole until both agree. Commands never wait for this.
 */
export class Steward {
  readonly #server: MediaServer;
  readonly #meetings: Meetings;
  readonly #attendance: StewardOptions["attendance"];
  readonly #occupancy: StewardOptions["occupancy"];
  readonly #log: Log;
  readonly #running = new Map<MeetingId, "once" | "again">();
  #timers: NodeJS.Timeout[] = [];
  #well: boolean | undefined;
  #clocksDiffer = false;
  #stopped = false;
  #tellHealth: () => void = () => undefined;

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

  onHealth(tell: () => void): void {
    this.#tellHealth = tell;
  }

  start(): void {
    const ping = async () => {
      await this.#ping();
      if (!this.#stopped) this.#timers[0] = setTimeout(ping, PING_MS);
    };
    this.#timers = [setTimeout(ping, 0), setInterval(() => this.checkAll(), CHECK_ALL_MS)];
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  /** Sees to what follows from a change; `sayRights` is called once the media server knows the seat's new rights in a room. */
  follow({ before, after }: Change, sayRights: (seat: SeatId, room: string) => void): void {
    if (!before || after.phase === "ended") {
      if (after.phase === "ended") this.check(after.id);
      return;
    }
    const calls = callsFor(this.#server, this.#occupancy(before), this.#occupancy(after), sayRights);
    if (calls.length === 0) return;
    Promise.all(calls.map((call) => call())).catch((error) => {
      this.#log.warn({ meeting: after.id, reason: reasonOf(error) }, "the media server did not follow");
      this.check(after.id);
    });
  }

  /** Compares a meeting with what the media server has, and mends it, until it is done. */
  check(meeting: MeetingId): void {
    if (this.#running.has(meeting)) {
      this.#running.set(meeting, "again");
      return;
    }
    this.#running.set(meeting, "once");
    this.#untilDone(meeting).finally(() => this.#running.delete(meeting));
  }

  /** Puts a seat out of the present rooms, or of those that fit, whatever its rights: it may come in again by a new session. */
  putOut(meeting: MeetingId, seat: SeatId, fits: (room: string) => boolean = () => true): void {
    const state = this.#meetings.peek(meeting);
    for (const { name } of state ? this.#occupancy(state) : [])
      if (fits(name))
        this.#putOut(meeting, name, seat).catch((error) =>
          this.#log.error({ err: error, meeting }, "a seat was not put out"),
        );
  }

  async #putOut(meeting: MeetingId, room: string, seat: SeatId): Promise<void> {
    for (const pause of [...RETRY_MS, 0]) {
      const state = this.#meetings.peek(meeting);
      // A room that is over is deleted, with everybody who is in it.
      if (this.#stopped || !state || !this.#occupancy(state).some(({ name }) => name === room)) return;
      try {
        return await this.#server.removeParticipant(room, seat);
      } catch (error) {
        this.#log.warn({ meeting, reason: reasonOf(error) }, "a seat could not be put out");
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }

  async #untilDone(meeting: MeetingId): Promise<void> {
    for (let failures = 0; !this.#stopped; ) {
      try {
        const rooms = (await this.#server.rooms()).get(meeting) ?? [];
        await this.#mend(meeting, rooms);
        if (this.#running.get(meeting) !== "again") return;
        this.#running.set(meeting, "once");
      } catch (error) {
        // While it is away the ping sees it come back, and everything is compared then.
        if (!this.#well) return;
        this.#log.warn({ meeting, reason: reasonOf(error) }, "the media server could not be brought in step");
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)]));
      }
    }
  }

  async #mend(meeting: MeetingId, rooms: readonly string[]): Promise<void> {
    const state = (await this.#meetings.load(meeting))?.state;
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
    if (this.#well !== before || this.media !== mediaBefore) this.#tellHealth();
    if (this.#well && !before) {
      this.#log.info("the media server answers");
      await this.checkAll();
    }
  }

  /** Compares every meeting that has a room. */
  async checkAll(): Promise<void> {
    if (!this.#well) return;
    try {
      for (const meeting of (await this.#server.rooms()).keys()) this.check(meeting);
    } catch (error) {
      this.#log.warn({ reason: reasonOf(error) }, "the rooms could not be listed");
    }
  }
}

interface StewardOptions {
  server: MediaServer;
  meetings: Meetings;
  attendance: Pick<Attendance, "has">;
  occupancy: (state: MeetingState) => Occupancy;
  log: Log;
}

/** What one change asks of the media server, all at the same time. */
function callsFor(
  server: MediaServer,
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
  server: MediaServer,
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
