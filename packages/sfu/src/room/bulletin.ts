import type { Room as RoomInfo } from "@livekit/protocol";
import { Seldom } from "../base/seldom.ts";
import type { People } from "./people.ts";

/** How often it is told how many are here, ms; as LiveKit. */
const countsMs = 5000;

/** Tells everybody how their room is: what was decided at once, how many are here now and then. */
export class Bulletin {
  readonly #people: People;
  readonly #info: () => RoomInfo;
  readonly #counts = new Seldom(countsMs, () => this.#tellCounts());
  #told = "";

  /** @param info how the room is now */
  constructor(people: People, info: () => RoomInfo) {
    this.#people = people;
    this.#info = info;
  }

  tell(): void {
    const room = this.#info();
    this.#told = countsOf(room);
    this.#people.send({ case: "roomUpdate", value: { room } });
  }

  /** Whoever is here knows it already. */
  known(): void {
    this.#told = countsOf(this.#info());
  }

  /** Somebody came or went, or publishes who did not. */
  countsChanged(): void {
    this.#counts.changed();
  }

  stop(): void {
    this.#counts.stop();
  }

  #tellCounts(): void {
    if (countsOf(this.#info()) !== this.#told) this.tell();
  }
}

const countsOf = ({ numParticipants, numPublishers }: RoomInfo): string => `${numParticipants}, ${numPublishers}`;
