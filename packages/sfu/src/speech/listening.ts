import type { Log } from "../base/log.ts";
import type { Participant } from "../participant/participant.ts";
import type { Room } from "../room/room.ts";
import type { Rooms } from "../room/rooms.ts";
import { Ear } from "./ear.ts";

/** So soon is anybody forwarded who begins to speak where not all are. */
const beatMs = 100;
/** Who speaks is told every 400 ms at most, as LiveKit does. */
const beatsPerTelling = 4;

/** Listens to all rooms, and tells them who speaks. */
export class Listening {
  readonly #rooms: Rooms;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  readonly #ears = new Map<Room, Ear>();
  /** How often it was told who speaks since somebody was connected. */
  readonly #tellings = new WeakMap<Participant, number>();
  #beats = 0;

  constructor(rooms: Rooms, log: Log) {
    this.#rooms = rooms;
    this.#log = log;
    this.#timer = setInterval(() => this.#beat(), beatMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    const isTelling = ++this.#beats % beatsPerTelling === 0;
    const at = performance.now();
    for (const room of this.#ears.keys()) if (room.isClosed) this.#ears.delete(room);
    for (const room of this.#rooms.list()) {
      try {
        const ear = this.#ears.get(room) ?? new Ear();
        this.#ears.set(room, ear);
        ear.listen(room, at);
        if (isTelling) this.#tell(room, ear.speakers(room));
      } catch (error) {
        // One room's trouble is not the others'.
        this.#log.error({ err: error, room: room.name }, "listening.failed");
      }
    }
  }

  #tell(room: Room, levels: ReadonlyMap<string, number>): void {
    const newcomers = new Set<Participant>();
    for (const participant of room.participants.values()) {
      if (!participant.negotiation.connected) continue;
      const tellings = (this.#tellings.get(participant) ?? 0) + 1;
      this.#tellings.set(participant, tellings);
      // Not the first time: a client that has only just been connected does not know the people yet, and forgets it.
      if (tellings === 2) newcomers.add(participant);
    }
    room.speakers.tell(levels, newcomers);
  }
}
