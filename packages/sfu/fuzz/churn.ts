import { setTimeout as pause } from "node:timers/promises";
import { DisconnectReason } from "@livekit/protocol";
import type { ServerUnderTest } from "../contract/kit/server.ts";
import { addressOf, Signaller } from "../contract/kit/signaller.ts";
import { until } from "../contract/kit/wait.ts";
import type { Random } from "./random.ts";

/** Somebody with good tickets who comes and goes without end: as one person, as several, with a goodbye or without. */
export class Churn {
  /** Joins that were answered, that were told to wait, and that were not answered at all. */
  readonly counts = { joined: 0, refused: 0, lost: 0 };
  readonly #server: ServerUnderTest;
  readonly #random: Random;
  readonly #room: string;
  readonly #under = new Set<Promise<void>>();

  constructor(server: ServerUnderTest, random: Random, room: string) {
    this.#server = server;
    this.#random = random;
    this.#room = room;
  }

  /** Begins so many visits a second, for so many ms, and waits for the last. */
  async run(perSecond: number, ms: number): Promise<void> {
    const began = Date.now();
    for (let visits = 0; Date.now() - began < ms; ) {
      const due = Math.floor(((Date.now() - began) / 1000) * perSecond);
      for (; visits <= due; visits++) {
        const visit = this.#visit();
        this.#under.add(visit);
        visit.finally(() => this.#under.delete(visit));
      }
      await pause(5);
    }
    await Promise.all(this.#under);
  }

  async #visit(): Promise<void> {
    const random = this.#random;
    const name = random.chance(0.9) ? "restless" : `restless${random.below(50)}`;
    const path = random.chance(0.8) ? "/rtc/v1" : "/rtc";
    const ticket = await this.#server.ticket(name, { room: this.#room });
    const client = new Signaller(addressOf(this.#server.url, ticket, { path }));
    const heard = (what: string) => client.heard.some((message) => message.case === what);
    await until("an answer", () => heard("join") || heard("leave") || client.closed).catch(() => {});
    if (heard("join")) this.counts.joined += 1;
    else if (heard("leave")) this.counts.refused += 1;
    else this.counts.lost += 1;
    if (random.chance(0.7) && client.socket.readyState === client.socket.OPEN)
      client.say({ case: "leave", value: { reason: DisconnectReason.CLIENT_INITIATED } });
    client.socket.close();
  }
}
