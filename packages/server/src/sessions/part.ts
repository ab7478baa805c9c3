import type { Log } from "../log.ts";
import type { Media } from "../media/part.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import { endWhatSessionsOpened } from "./endings.ts";
import { SessionKeeper } from "./keeper.ts";

export interface SessionsOptions {
  store: Pick<Store, "sessions" | "feed">;
  hub: Pick<Hub, "all" | "endSession">;
  media: Pick<Media, "endOfSeat" | "endOfSessions">;
  trail: Pick<Trail, "note">;
  /** How often sessions are looked through for those that are over. */
  sessionCheckMs?: number | undefined;
  log: Log;
  now: () => number;
}

/** Sessions end when their time is over, and whatever they opened ends with them. */
export function sessionsPart({ store, hub, media, trail, sessionCheckMs, log, now }: SessionsOptions) {
  const keeper = new SessionKeeper({
    ...{ sessions: store.sessions, hub, trail, everyMs: sessionCheckMs, log, now },
  });
  endWhatSessionsOpened(store.feed, { hub, media });
  const part: Part = { name: "sessions", start: () => keeper.start(), stop: () => keeper.stop() };
  return { part };
}
