import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { Feed } from "../store/feed/feed.ts";
import type { Self } from "../store/feed/open.ts";

/** Others beat twice a second: within this time each of them is heard, or it is not there any more. */
const HEAR_MS = 2_500;
const LOOK_MS = 50;

export const Unfit = z.enum(["servers.no-cluster", "servers.other-folder"]);
export type Unfit = z.infer<typeof Unfit>;

const words: Record<Unfit, string> = {
  "servers.no-cluster":
    "Another server of this house is running on the same database. Several need a LiveKit cluster that all of them reach: set LIVEKIT_URL for each, or end the other one.",
  "servers.other-folder":
    "Another server of this house is running on the same database, with another data folder. Several need one that all of them share: set RAADHUIS_DATA to it.",
};

/** This server cannot be one house with those that are running. */
export class NotOneHouse extends Error {
  readonly code: Unfit;

  constructor(code: Unfit) {
    super(words[code]);
    this.name = "NotOneHouse";
    this.code = code;
  }
}

/** Hears those who are running, and throws NotOneHouse where they and we cannot be one house. Alone it resolves at once. */
export async function mustFitIn(feed: Feed, self: Self): Promise<void> {
  const others = new Map<string, Self>();
  feed.hear((news) => {
    if (news.kind === "beat" && news.server !== self.server) others.set(news.server, news);
  });
  const count = await feed.others();
  for (const end = performance.now() + HEAR_MS; others.size < count && performance.now() < end; ) await wait(LOOK_MS);
  for (const { embedded, folder } of others.values()) {
    if (embedded || self.embedded) throw new NotOneHouse("servers.no-cluster");
    if (folder !== self.folder) throw new NotOneHouse("servers.other-folder");
  }
}
