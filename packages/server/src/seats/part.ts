import type { Settings } from "@raadhuis/protocol/settings";
import type { Hub } from "../meetings/hub.ts";
import type { Pages } from "../meetings/pages.ts";
import type { Part } from "../parts/part.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import { seatRoutes } from "./routes.ts";

export interface SeatsOptions {
  settings: Pick<Settings, "chamber">;
  store: Pick<Store, "access" | "feed" | "now">;
  hub: Pick<Hub, "ofSeat">;
  pages: Pages;
  trail: Pick<Trail, "note">;
}

/** The doors of those who take part: a personal link opens a seat. */
export function seatsPart({ settings, store, hub, pages, trail }: SeatsOptions) {
  const part: Part = {
    name: "seats",
    routes: (app) =>
      seatRoutes(app, {
        ...{ store, hub, pages, secure: settings.chamber.url.startsWith("https:") },
        onEnded: (seat) => trail.note({ kind: "seat.session-ended", result: "session.cap", ...seat }),
      }),
  };
  return { part };
}
