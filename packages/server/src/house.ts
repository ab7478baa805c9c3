import { fileURLToPath } from "node:url";
import { streamKinds } from "@raadhuis/meeting";
import type { ToServer } from "@raadhuis/protocol/children";
import { BEAT_MS } from "@raadhuis/protocol/socket";
import { appOf } from "./house/app.ts";
import { followMeetings } from "./house/following.ts";
import { Housekeeping } from "./house/housekeeping.ts";
import { mediaOf } from "./house/media.ts";
import type { HouseOptions } from "./house/options.ts";
import { contextOfPages } from "./house/pages.ts";
import { publicSideOf } from "./house/publicSide.ts";
import { newSetUpLink } from "./house/setUp.ts";
import { takeUpMeetings } from "./house/takingUp.ts";
import { Hub } from "./meetings/hub.ts";
import { Lines } from "./meetings/lines.ts";
import { Meetings } from "./meetings/meetings.ts";
import { Presence } from "./meetings/presence.ts";
import { Streams } from "./meetings/streams.ts";
import { BodyZone } from "./office/bodyZone.ts";
import { Doorkeeper } from "./office/doorkeeper.ts";
import { SessionKeeper } from "./sessions/keeper.ts";
import { openStore } from "./store/store.ts";
import { Trail } from "./trail/trail.ts";

export type { HouseOptions } from "./house/options.ts";

const insidePages = fileURLToPath(new URL("../../web/dist/inside", import.meta.url));

export interface OpenHouse {
  port: number;
  /** While the house is not set up: the way to do so, for whoever started it. Never logged. */
  setUpLink: string | undefined;
  streams: Streams;
  /** From the supervisor. */
  hear(message: ToServer): void;
  close(): Promise<void>;
}

/** Builds the chamber and the office, and listens. Throws what `listen` throws when the port is taken. */
export async function openHouse(options: HouseOptions): Promise<OpenHouse> {
  const { settings, log, tell = () => undefined, pages = insidePages, beatMs = BEAT_MS } = options;
  const { doorkeeper = new Doorkeeper(), now = Date.now } = options;

  const store = await openStore(settings.database, now);
  const trail = new Trail({ store: store.trail, log, now });
  const bodyZone = await BodyZone.of(store.house);
  const zone = () => bodyZone.present;

  const meetings = new Meetings({ record: store.record, log, now });
  const hub = new Hub();
  const lines = new Lines(hub);
  const streams = new Streams({ kinds: options.streams ?? streamKinds, store: store.streams, meetings, hub, log, now });
  const { graceMs, floorGraceMs } = options;
  const presence = new Presence({ meetings, hub, log, graceMs, floorGraceMs });
  const media = mediaOf({ ...options, store, meetings, hub, now });
  const publicSide = publicSideOf({ settings, store, meetings, hub, media, zone, tell, log, now });
  const context = contextOfPages({ meetings, hub, lines, streams, presence, media, publicSide, zone, log });
  followMeetings({ meetings, hub, lines, streams, presence, media, publicSide });

  const keeper = new SessionKeeper({
    sessions: store.sessions,
    hub,
    trail,
    log,
    now,
    everyMs: options.sessionCheckMs,
    endMedia: (meeting, seat, session) => media.endOfSessions({ meeting, seat }, [session]),
  });
  const housekeeping = new Housekeeping({ store, trail, meetings, hub, log, now });

  const app = await appOf({
    ...{ settings, store, trail, doorkeeper, bodyZone, context },
    ...{ media, publicSide, pages, log, now },
  });
  const setUpLink = await newSetUpLink(store, settings);
  try {
    await app.listen({ host: settings.chamber.bind, port: settings.chamber.port });
  } catch (error) {
    await store.close();
    throw error;
  }

  const { steward, attendance, proxy } = media;
  const { announcer, broadcasts, storage } = publicSide;
  steward.start();
  attendance.start();
  keeper.start();
  storage.start();
  const beats = setInterval(() => {
    for (const page of hub.all()) page.beat();
  }, beatMs);
  housekeeping.start();
  await takeUpMeetings({ data: settings.data, store, meetings, presence, publicSide });
  broadcasts.start();

  return {
    port: settings.chamber.port,
    setUpLink,
    streams,
    hear: (message) => {
      broadcasts.hear(message).catch((error) => log.error({ err: error }, "the supervisor's message failed"));
    },
    async close() {
      clearInterval(beats);
      housekeeping.stop();
      keeper.stop();
      presence.stop();
      attendance.stop();
      lines.stop();
      steward.stop();
      storage.stop();
      broadcasts.stop();
      for (const page of hub.all()) page.close(1001, "the server goes away");
      proxy.close();
      await app.close();
      await announcer.stop();
      await trail.close().catch((error) => log.error({ err: error }, "the trail could not be written"));
      await store.close();
    },
  };
}
