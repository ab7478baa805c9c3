import { type Customs, livekits } from "../base/customs.ts";
import type { Endpoint } from "../engine/medooze.ts";
import { chooseThread, peoplePerThread } from "./choose.ts";

/** Where somebody's media come in and go out: a UDP port, which has a thread of its own. */
export interface MediaAddress {
  endpoint: Endpoint;
  addresses: readonly string[];
  port: number;
  customs: Customs;
}

/** The media ports of this process. A room that outgrows one of them takes others too. */
export class MediaPorts {
  readonly all: readonly MediaAddress[];
  readonly #full: number;

  /** @param full how many of one room a port carries before that room takes another */
  constructor(all: readonly MediaAddress[], full = peoplePerThread) {
    this.all = all;
    this.#full = full;
  }

  get customs(): Customs {
    return this.all[0]?.customs ?? livekits;
  }

  /** For the next one of a room. `taken`: those of the people who are in it. */
  choose(taken: Iterable<MediaAddress>): MediaAddress {
    const room = new Map<MediaAddress, number>();
    for (const address of taken) room.set(address, (room.get(address) ?? 0) + 1);
    const loads = this.all.map((address) => ({ room: room.get(address) ?? 0, all: address.endpoint.transports.size }));
    const chosen = this.all[chooseThread(loads, this.#full)];
    if (!chosen) throw new Error("There is no media port.");
    return chosen;
  }
}
