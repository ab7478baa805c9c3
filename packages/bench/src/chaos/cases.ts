import type { Conditions } from "./link.ts";

/** What happens to packets between one browser and the server. */
export interface Way {
  up: Conditions;
  down: Conditions;
}

export interface Case {
  name: string;
  /** Between publisher and server, and between server and subscriber. */
  publisher: Way;
  subscriber: Way;
  /** Nothing comes through to and from the subscriber for so long, ms, again and again. */
  outage?: { ms: number; times: number };
}

/** A quarter of the globe away. */
const way: Conditions = { delay: 20 };
export const fair: Way = { up: way, down: way };
const both = (conditions: Conditions): Pick<Case, "publisher" | "subscriber"> => {
  const rough: Conditions = { ...way, ...conditions };
  return { publisher: { up: rough, down: rough }, subscriber: { up: rough, down: rough } };
};

/**
 * Loss, jitter and reordering befall every packet four times over: from publisher to server and from server to
 * subscriber, and likewise what either asks the other to send again.
 */
export const cases: readonly Case[] = [
  { name: "no trouble", ...both({}) },
  { name: "5 % loss", ...both({ loss: 0.05 }) },
  { name: "10 % loss", ...both({ loss: 0.1 }) },
  // 5 % in all, some five packets at a time.
  { name: "bursts of loss", ...both({ burst: { begin: 0.0105, end: 0.2 } }) },
  { name: "200 ms jitter", ...both({ jitter: 200 }) },
  { name: "reordering", ...both({ reorder: { share: 0.1, by: 60 } }) },
  {
    name: "300 kbit/s down",
    publisher: fair,
    subscriber: { up: way, down: { ...way, rate: { bits: 300_000, queue: 400 } } },
  },
  { name: "2 s outage", publisher: fair, subscriber: fair, outage: { ms: 2000, times: 6 } },
];
