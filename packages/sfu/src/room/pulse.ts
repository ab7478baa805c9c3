import type { Log } from "../base/log.ts";
import { Connections } from "./connections.ts";
import type { Room } from "./room.ts";
import type { Rooms } from "./rooms.ts";

const beatMs = 250;
const beatsPerQuality = 20;

/** What is looked at again and again: which encodings arrive, who gets how much, how good the connections are. */
export class Pulse {
  readonly #rooms: Rooms;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  readonly #connections = new Connections();
  #beats = 0;
  #busy = false;

  constructor(rooms: Rooms, log: Log) {
    this.#rooms = rooms;
    this.#log = log;
    this.#timer = setInterval(() => this.#beat(), beatMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(): void {
    if (this.#busy) return;
    this.#busy = true;
    void this.#look().finally(() => {
      this.#busy = false;
    });
  }

  async #look(): Promise<void> {
    const isQualityBeat = ++this.#beats % beatsPerQuality === 0;
    this.#connections.forget();
    for (const room of this.#rooms.list()) {
      try {
        await measure(room);
        share(room);
        if (isQualityBeat) await this.#connections.assess(room);
      } catch (error) {
        // One room's trouble is not the others'.
        this.#log.error({ err: error, room: room.name }, "pulse.failed");
      }
    }
  }
}

async function measure(room: Room): Promise<void> {
  const tracks = [...room.participants.values()].flatMap((participant) => [...participant.tracks.values()]);
  await Promise.all(tracks.filter(({ kind, muted }) => kind === "video" && !muted).map((track) => track.measure()));
}

function share(room: Room): void {
  const { loudest } = room.speakers;
  for (const { subscriptions } of room.participants.values()) subscriptions.downlink.share(loudest);
}
