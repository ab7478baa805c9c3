import { chooseCarrier } from "./choose.ts";
import type { Load } from "./messages.ts";

/** A media process as the front sees it. */
export interface Carrier {
  readonly number: number;
  readonly load: Load;
  /** Lets it open this room. `false`: it is gone or does not answer. */
  place(room: string): Promise<boolean>;
  /** Lets it open this room no longer. `false`: it holds it. */
  release(room: string): Promise<boolean>;
  /** Closes this room, which is elsewhere. */
  evict(room: string): void;
}

/** A room's place, for as long as somebody is on the way to it. */
export interface Use<C> {
  carrier: C;
  done(): void;
}

interface Placement<C> {
  carrier: C;
  /** Whether its carrier may open the room. */
  granted: Promise<boolean>;
  /** How many are on the way to this room, or in it, through this front. */
  users: number;
  /** Counts the times it was let go: an answer to an earlier time decides nothing. */
  releases: number;
  at: number;
}

/** A room's people come within this time after it was placed, and show in its carrier's load, ms. */
const freshMs = 10_000;

/**
 * Which room is in which process. Decided here alone: a carrier opens only the rooms it was given, and is given a room
 * only while no other one has it.
 */
export class Placements<C extends Carrier> {
  readonly #rooms = new Map<string, Placement<C>>();
  readonly #carriers = new Set<C>();

  get carriers(): readonly C[] {
    return [...this.#carriers].sort((a, b) => a.number - b.number);
  }

  /** The carrier that has this room. */
  holder(room: string): C | null {
    return this.#rooms.get(room)?.carrier ?? null;
  }

  /** A carrier that answers from now on, with the rooms it holds. What it holds twice it is to close. */
  attached(carrier: C, rooms: readonly string[]): void {
    this.#carriers.add(carrier);
    for (const room of rooms) {
      const known = this.#rooms.get(room);
      if (known && known.carrier !== carrier) carrier.evict(room);
      else if (!known) this.#put(room, carrier, Promise.resolve(true), 0);
    }
  }

  /** A carrier that is gone, and all its rooms with it. */
  lost(carrier: C): void {
    this.#carriers.delete(carrier);
    for (const [room, placement] of this.#rooms) if (placement.carrier === carrier) this.#rooms.delete(room);
  }

  /** Where this room is, or is to be from now on. `null`: no carrier can take it. */
  async use(room: string): Promise<Use<C> | null> {
    const placement = this.#rooms.get(room) ?? this.#place(room);
    if (placement === null) return null;
    placement.users += 1;
    // Its carrier may have been told to let go of it a moment ago.
    if (placement.users === 1 && placement.releases > 0) placement.granted = placement.carrier.place(room);
    let over = false;
    const done = () => {
      if (over) return;
      over = true;
      placement.users -= 1;
      if (placement.users === 0) this.#release(room, placement);
    };
    if (await placement.granted) return { carrier: placement.carrier, done };
    done();
    return null;
  }

  /** Its carrier says that this room is over. */
  closed(carrier: C, room: string): void {
    const placement = this.#rooms.get(room);
    if (placement?.carrier === carrier && placement.users === 0) this.#release(room, placement);
  }

  #place(room: string): Placement<C> | null {
    const now = Date.now();
    const fresh = new Map<C, number>();
    for (const { carrier, at } of this.#rooms.values())
      if (now - at < freshMs) fresh.set(carrier, (fresh.get(carrier) ?? 0) + 1);
    const carriers = this.carriers;
    const index = chooseCarrier(carriers.map((carrier) => ({ load: carrier.load, fresh: fresh.get(carrier) ?? 0 })));
    const carrier = index === null ? undefined : carriers[index];
    return carrier ? this.#put(room, carrier, carrier.place(room), now) : null;
  }

  #put(room: string, carrier: C, granted: Promise<boolean>, at: number): Placement<C> {
    const placement = { carrier, granted, users: 0, releases: 0, at };
    this.#rooms.set(room, placement);
    return placement;
  }

  #release(room: string, placement: Placement<C>): void {
    const release = ++placement.releases;
    const heard = (free: boolean) => {
      const untouched = placement.users === 0 && placement.releases === release;
      if (free && untouched && this.#rooms.get(room) === placement) this.#rooms.delete(room);
    };
    placement.carrier.release(room).then(heard, () => {});
  }
}
