import { fileURLToPath } from "node:url";
import type { ToServer } from "@raadhuis/protocol/children";
import { housekeepingPart } from "./house/housekeeping.ts";
import type { HouseOptions } from "./house/options.ts";
import { selfOf } from "./house/self.ts";
import { newSetUpLink } from "./house/setUp.ts";
import { storePart } from "./house/storePart.ts";
import { filesPart, httpPart } from "./http/part.ts";
import type { Guards } from "./http/rights.ts";
import { jobsPart } from "./jobs/part.ts";
import { mediaPart } from "./media/part.ts";
import { chamberPart } from "./meetings/chamberPart.ts";
import { Pages } from "./meetings/pages.ts";
import { meetingsPart } from "./meetings/part.ts";
import type { Streams } from "./meetings/streams.ts";
import { BodyZone } from "./office/bodyZone.ts";
import { officePart } from "./office/part.ts";
import { clerkOfRequest } from "./office/session.ts";
import { Parts } from "./parts/parts.ts";
import { programmePart } from "./programme/part.ts";
import { publicFolderPart } from "./publicfolder/part.ts";
import { seatsPart } from "./seats/part.ts";
import { seatOfRequest } from "./seats/session.ts";
import { serversPart } from "./servers/part.ts";
import { sessionsPart } from "./sessions/part.ts";
import { trailPart } from "./trail/part.ts";

export type { HouseOptions } from "./house/options.ts";

const insidePages = fileURLToPath(new URL("../../web/dist/inside", import.meta.url));

export interface OpenHouse {
  port: number;
  /** While the house is not set up: the way to do so, for whoever started it. Never logged. */
  setUpLink: string | undefined;
  streams: Streams;
  /** Who hears of each change of a meeting, in which order. */
  followers: readonly string[];
  /** What one server process alone may do, where there are several: this one does it from the start. */
  duty: { start(): Promise<void>; stop(): Promise<void> };
  /** From the supervisor. */
  hear(message: ToServer): void;
  close(): Promise<void>;
}

/** Builds the chamber and the office, and listens. Throws PartFailed when a part cannot start: the door, where the port is taken. */
export async function openHouse(options: HouseOptions): Promise<OpenHouse> {
  const parts = new Parts(options.log);
  try {
    return await furnish(parts, options);
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

/**
 * The parts of the house. Each is given those above it that it works with, and hears of a meeting's changes after them: so
 * pages come before media, as people move to a new room by the ticket they get there while the old one is being deleted.
 * They start in this order, and stop in the reverse.
 */
async function furnish(parts: Parts, options: HouseOptions): Promise<OpenHouse> {
  const { settings, log, tell = () => undefined, pages: folder = insidePages, now = Date.now } = options;
  const shared = { settings, log, now, tell };

  const self = selfOf(options);
  const { store } = parts.with(await storePart({ ...shared, self }));
  const { others, duty } = parts.with(
    serversPart({ ...shared, store, self, takeUp: () => parts.startDuty(), layDown: () => parts.stopDuty() }),
  );
  const several = { elsewhere: others, self: self.server, mustBeOurs: () => duty.mustBeOurs() };
  const bodyZone = await BodyZone.of({
    store,
    onError: (error) => log.error({ err: error }, "the body could not be read"),
  });
  const zone = () => bodyZone.present;

  const { meetings } = parts.with(meetingsPart({ ...shared, store }));
  const { trail } = parts.with(trailPart({ ...shared, store, meetings }));
  const guards: Guards = {
    clerk: (request) => clerkOfRequest(request, store),
    seat: (request) => seatOfRequest(request, store),
  };
  const { app, door } = parts.with(await httpPart({ ...shared, store, guards }));

  const chamber = parts.with(chamberPart({ ...options, ...shared, ...several, store, meetings }));
  const { hub, streams } = chamber;
  const media = parts.with(mediaPart({ ...options, ...shared, ...several, store, meetings, hub }));
  const pages = new Pages({ ...chamber, meetings, media, zone, feed: store.feed, log });
  const { broadcasts } = parts.with(programmePart({ ...shared, ...several, store, meetings, hub, media, zone }));
  parts.with(
    publicFolderPart({
      ...shared,
      ...several,
      store,
      meetings,
      zone,
      onBody: (listener) => bodyZone.onChange(listener),
    }),
  );

  parts.with(seatsPart({ ...shared, store, hub, pages, trail }));
  parts.with(officePart({ ...options, store, meetings, pages, trail, zone: bodyZone }));
  parts.with(sessionsPart({ ...options, ...shared, store, hub, media, trail }));
  parts.with(jobsPart({ store, kinds: [], folder: settings.data, log }));
  parts.with(housekeepingPart({ ...shared, store, trail, meetings, hub }));
  parts.with(filesPart(folder));
  parts.add(door);

  await parts.routes(app);
  const setUpLink = await newSetUpLink(store, settings);
  await parts.start();
  await duty.start();

  return {
    port: settings.chamber.port,
    setUpLink,
    streams,
    followers: meetings.followers,
    duty: { start: () => parts.startDuty(), stop: () => parts.stopDuty() },
    hear: (message) => {
      broadcasts.hear(message).catch((error) => log.error({ err: error }, "the supervisor's message failed"));
    },
    close: () => parts.stop(),
  };
}
