import type { Log } from "../log.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import { noteAccess } from "./hook.ts";
import { trailRoutes } from "./routes.ts";
import { Trail } from "./trail.ts";

export interface TrailPartOptions {
  store: Pick<Store, "trail">;
  /** Where names stand. */
  meetings: Pick<Meetings, "load">;
  log: Log;
  now: () => number;
}

/** Who came in and who tried: noted of all routes that say so, and shown to the office. */
export function trailPart({ store, meetings, log, now }: TrailPartOptions) {
  const trail = new Trail({ store: store.trail, log, now });
  const part: Part = {
    name: "trail",
    routes(app) {
      noteAccess(app, trail);
      trailRoutes(app, { store, trail, meetings });
    },
    stop: () => trail.close(),
  };
  return { part, trail };
}
