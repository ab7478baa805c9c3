import type { Settings } from "@raadhuis/protocol/settings";
import type { Meetings } from "../meetings/meetings.ts";
import type { Pages } from "../meetings/pages.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import { aboutRoutes } from "./aboutRoutes.ts";
import type { BodyZone } from "./bodyZone.ts";
import { Doorkeeper } from "./doorkeeper.ts";
import { officeDoorRoutes } from "./doorRoutes.ts";
import { linkRoutes } from "./linkRoutes.ts";
import { meetingRoutes } from "./meetingRoutes.ts";
import { organRoutes } from "./organRoutes.ts";
import { rosterRoutes } from "./rosterRoutes.ts";

export interface OfficeOptions {
  settings: Pick<Settings, "chamber" | "gallery">;
  store: Pick<Store, "access" | "devices" | "house" | "now" | "organs" | "record">;
  meetings: Pick<Meetings, "inPresent" | "isUnreadable" | "load" | "plan">;
  pages: Pages;
  trail: Pick<Trail, "note">;
  zone: BodyZone;
  /** What compares passwords. */
  doorkeeper?: Doorkeeper | undefined;
}

/** The clerk's workplace, and what the house says of itself. */
export function officePart(options: OfficeOptions) {
  const { doorkeeper = new Doorkeeper() } = options;
  const part: Part = {
    name: "office",
    routes(app) {
      aboutRoutes(app, options);
      officeDoorRoutes(app, { ...options, doorkeeper });
      rosterRoutes(app, options);
      organRoutes(app, options);
      meetingRoutes(app, options);
      linkRoutes(app, options);
    },
  };
  return { part };
}
