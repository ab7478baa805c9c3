import { zoneOfMachine } from "@raadhuis/protocol/zone";
import { Listeners } from "../parts/listeners.ts";
import type { Store } from "../store/store.ts";

interface BodyZoneOptions {
  store: Pick<Store, "feed" | "house">;
  onError(error: unknown): void;
}

/** The body's time zone, at hand for whoever cannot wait for the store: welcomes and orders. */
export class BodyZone {
  readonly #options: BodyZoneOptions;
  readonly #changes = new Listeners();
  /** Before set-up: the one that is proposed. */
  #present: string;

  private constructor(options: BodyZoneOptions, present: string) {
    this.#options = options;
    this.#present = present;
    const { feed } = options.store;
    const look = () => void this.#look().catch(options.onError);
    feed.hear(({ kind }) => {
      if (kind === "body") look();
    });
    feed.onGap(look);
  }

  static async of(options: BodyZoneOptions): Promise<BodyZone> {
    return new BodyZone(options, (await options.store.house.body())?.zone ?? zoneOfMachine());
  }

  get present(): string {
    return this.#present;
  }

  /** The body has another name or zone, whichever server it was given at. */
  onChange(listener: () => void): void {
    this.#changes.add(listener);
  }

  /** What was just kept with the body. */
  learn(zone: string): void {
    this.#present = zone;
  }

  async change(zone: string): Promise<void> {
    await this.#options.store.house.changeZone(zone);
    this.#present = zone;
  }

  async #look(): Promise<void> {
    const body = await this.#options.store.house.body();
    if (!body) return;
    this.#present = body.zone;
    this.#changes.tell();
  }
}
