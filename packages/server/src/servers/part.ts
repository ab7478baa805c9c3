import type { Log } from "../log.ts";
import type { Part } from "../parts/part.ts";
import type { Self } from "../store/feed/open.ts";
import type { Store } from "../store/store.ts";
import { Duty } from "./duty.ts";
import { mustFitIn } from "./oneHouse.ts";
import { Others } from "./others.ts";

export interface ServersOptions {
  store: Pick<Store, "feed" | "leases">;
  self: Self;
  /** Takes up and lays down what one server alone may do. */
  takeUp(): Promise<void>;
  layDown(): Promise<void>;
  log: Log;
}

/** The servers of one house: whether this one fits in, what is open at the others, and who has the duty. */
export function serversPart({ store, self, log, ...duties }: ServersOptions) {
  const others = new Others({ feed: store.feed, self: self.server, log });
  const duty = new Duty({ ...duties, store, log });
  const part: Part = {
    name: "servers",
    async start() {
      await mustFitIn(store.feed, self);
      others.start();
    },
    async stop() {
      await duty.stop();
      others.stop();
    },
  };
  return { part, others, duty };
}
