import type { Settings } from "@raadhuis/protocol/settings";
import type { FastifyInstance } from "fastify";
import { makeApp } from "../http/app.ts";
import { answerHealth } from "../http/health.ts";
import { Known } from "../http/known.ts";
import { servePages } from "../http/pages.ts";
import { admitByRight } from "../http/rights.ts";
import type { Log } from "../log.ts";
import type { ConnectionContext } from "../meetings/context.ts";
import { aboutRoutes } from "../office/aboutRoutes.ts";
import type { BodyZone } from "../office/bodyZone.ts";
import type { Doorkeeper } from "../office/doorkeeper.ts";
import { officeDoorRoutes } from "../office/doorRoutes.ts";
import { linkRoutes } from "../office/linkRoutes.ts";
import { meetingRoutes } from "../office/meetingRoutes.ts";
import { organRoutes } from "../office/organRoutes.ts";
import { rosterRoutes } from "../office/rosterRoutes.ts";
import { clerkOfRequest } from "../office/session.ts";
import { seatRoutes } from "../seats/routes.ts";
import { seatOfRequest } from "../seats/session.ts";
import { sessionBrought } from "../sessions/brought.ts";
import type { Store } from "../store/store.ts";
import { noteAccess } from "../trail/hook.ts";
import { trailRoutes } from "../trail/routes.ts";
import type { Trail } from "../trail/trail.ts";
import type { Media } from "./media.ts";
import type { PublicSide } from "./publicSide.ts";

interface Parts {
  settings: Settings;
  store: Store;
  trail: Trail;
  doorkeeper: Doorkeeper;
  bodyZone: BodyZone;
  context: ConnectionContext;
  media: Media;
  publicSide: Pick<PublicSide, "announceAnew">;
  /** Folder of the built pages. */
  pages: string;
  log: Log;
  now: () => number;
}

/** Everything that answers at the house's port; it does not listen yet. */
export async function appOf(parts: Parts): Promise<FastifyInstance> {
  const { settings, store, trail, doorkeeper, bodyZone, context, media, publicSide, pages, log, now } = parts;
  const { hub, meetings } = context;
  const known = new Known({
    lives: async (session) =>
      (await store.access.seatSession(session, now())) !== undefined ||
      (await store.access.clerkSession(session, now())) !== undefined,
  });
  const app = await makeApp({ settings, log, known, sessionOf: (request) => sessionBrought(request, media.tickets) });
  answerHealth(app, store.ping);
  noteAccess(app, trail);
  // Before all routes but those of health: it looks at each when it is added.
  admitByRight(app, {
    clerk: (request) => clerkOfRequest(request, store),
    seat: (request) => seatOfRequest(request, store),
  });

  seatRoutes(app, {
    store,
    context,
    secure: settings.chamber.url.startsWith("https:"),
    endSessions: (seat, sessions) => {
      hub.endSession((page) => sessions.includes(page.session));
      media.endOfSessions(seat, sessions);
      trail.note({ kind: "seat.session-ended", result: "session.cap", ...seat });
    },
  });
  aboutRoutes(app, { store, settings, zone: bodyZone });
  officeDoorRoutes(app, {
    store,
    settings,
    hub,
    doorkeeper,
    trail,
    zone: bodyZone,
    onChange: publicSide.announceAnew,
  });
  rosterRoutes(app, store);
  organRoutes(app, store);
  meetingRoutes(app, { store, settings, context });
  linkRoutes(app, { store, settings, context, trail });
  trailRoutes(app, { store, trail, meetings });
  media.proxy.register(app);
  await servePages(app, pages);
  return app;
}
