import type { Endpoint } from "../engine/medooze.ts";
import { chooseThread, peoplePerThread } from "./choose.ts";

/**
 * Which codecs of video are carried. `vp8`: it alone, as in a house, where every page sends it. A frame of VP8 states its
 * size where it can be looked at (install/PictureLimit.h) and has eight bits; in other codecs whoever means ill can hide
 * more from us than only decoding would find.
 */
export type Pictures = "all" | "vp8";

/** Where somebody's media come in and go out: a UDP port, which has a thread of its own. */
export interface MediaAddress {
  endpoint: Endpoint;
  addresses: readonly string[];
  port: number;
  pictures: Pictures;
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

  get pictures(): Pictures {
    return this.all[0]?.pictures ?? "all";
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
