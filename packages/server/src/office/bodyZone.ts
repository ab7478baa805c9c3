import { zoneOfMachine } from "@raadhuis/protocol/zone";
import type { HouseStore } from "../store/house.ts";

/** The body's time zone, at hand for whoever cannot wait for the store: welcomes and orders. */
export class BodyZone {
  readonly #store: HouseStore;
  /** Before set-up: the one that is proposed. */
  #present: string;

  private constructor(store: HouseStore, present: string) {
    this.#store = store;
    this.#present = present;
  }

  static async of(store: HouseStore): Promise<BodyZone> {
    return new BodyZone(store, (await store.body())?.zone ?? zoneOfMachine());
  }

  get present(): string {
    return this.#present;
  }

  /** What was just kept with the body. */
  learn(zone: string): void {
    this.#present = zone;
  }

  async change(zone: string): Promise<void> {
    await this.#store.changeZone(zone);
    this.#present = zone;
  }
}
