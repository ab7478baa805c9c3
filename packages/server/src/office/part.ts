import type { Settings } from "@raadhuis/protocol/settings";
import type { Media } from "../media/part.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { Pages } from "../meetings/pages.ts";
import type { Part } from "../parts/part.ts";
import type { Announcer } from "../publicfolder/announcer.ts";
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
  meetings: Pick<Meetings, "inTurn" | "isUnreadable" | "load" | "plan">;
  hub: Pick<Hub, "endSession">;
  pages: Pages;
  trail: Pick<Trail, "note">;
  zone: BodyZone;
  /** What compares passwords. */
  doorkeeper?: Doorkeeper | undefined;
  media: Pick<Media, "endOfSeat">;
  announcer: Pick<Announcer, "announceAnew">;
}

/** The clerk's workplace, and what the house says of itself. */
export function officePart(options: OfficeOptions) {
  const { doorkeeper = new Doorkeeper(), announcer, media } = options;
  const part: Part = {
    name: "office",
    routes(app) {
      aboutRoutes(app, options);
      officeDoorRoutes(app, { ...options, doorkeeper, onChange: () => announcer.announceAnew() });
      rosterRoutes(app, options);
      organRoutes(app, options);
      meetingRoutes(app, options);
      linkRoutes(app, { ...options, endMedia: media.endOfSeat });
    },
  };
  return { part };
}
