import { setTimeout as pause } from "node:timers/promises";
import type { Log } from "../base/log.ts";
import { Revocations } from "../ticket/revocations.ts";
import type { ApiKey } from "../ticket/ticket.ts";
import { CarrierLink, type CarrierPorts } from "./carrierLink.ts";
import { Placements, type Use } from "./placements.ts";

/** How long a request waits for a process that may hold its room, ms; then it is refused, and clients ask again. */
const patienceMs = 5000;

/** The media processes, as the supervisor tells of them: lines to each, and which room is where. */
export class Carriers {
  readonly #api: ApiKey;
  readonly #log: Log;
  readonly #placements = new Placements<CarrierLink>();
  readonly #revocations = new Revocations();
  #links: CarrierLink[] | null = null;

  constructor(api: ApiKey, log: Log) {
    this.#api = api;
    this.#log = log;
  }

  /** All that run now. */
  told(ports: readonly CarrierPorts[]): void {
    const known = this.#links ?? [];
    const same = (link: CarrierLink, { number, control }: CarrierPorts) =>
      link.number === number && link.ports.control === control;
    for (const link of known)
      if (!ports.some((now) => same(link, now))) {
        link.stop();
        this.#placements.lost(link);
      }
    this.#links = ports.map((now) => known.find((link) => same(link, now)) ?? this.#link(now));
  }

  /** Those that answer. */
  get attached(): readonly CarrierLink[] {
    return this.#placements.carriers;
  }

  holder(room: string): CarrierLink | null {
    return this.#placements.holder(room);
  }

  /** Where this room is, or is to be from now on; `null`: nowhere. */
  async use(room: string): Promise<Use<CarrierLink> | null> {
    return (await this.settled()) ? this.#placements.use(room) : null;
  }

  /** Waits until all that run have said which rooms they hold. `false`: that takes too long. */
  async settled(): Promise<boolean> {
    for (const end = performance.now() + patienceMs; performance.now() < end; await pause(10))
      if (this.#links?.every(({ state }) => state !== "trying")) return true;
    return false;
  }

  stop(): void {
    for (const link of this.#links ?? []) link.stop();
  }

  #link(ports: CarrierPorts): CarrierLink {
    return new CarrierLink(ports, this.#api, () => this.#revocations.list(), {
      attached: (link, rooms, revoked) => {
        this.#revocations.learn(revoked);
        this.#placements.attached(link, rooms);
        this.#log.info({ carrier: link.number, rooms: rooms.length }, "carrier.attached");
      },
      lost: (link) => {
        this.#placements.lost(link);
        this.#log.warn({ carrier: link.number }, "carrier.lost");
      },
      closed: (link, room) => this.#placements.closed(link, room),
      revoked: (one) => this.#revocations.learn([one]),
    });
  }
}
