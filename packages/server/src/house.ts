import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formOf, type MeetingId, occupancyOf, placesOf, type StreamKind, streamKinds } from "@raadhuis/meeting";
import type { FromChild, ToServer } from "@raadhuis/protocol/children";
import { setUpLink } from "@raadhuis/protocol/http";
import type { Settings } from "@raadhuis/protocol/settings";
import { BEAT_MS } from "@raadhuis/protocol/socket";
import { Allowance } from "./http/allowance.ts";
import { makeApp } from "./http/app.ts";
import { answerHealth } from "./http/health.ts";
import { Known } from "./http/known.ts";
import { servePages } from "./http/pages.ts";
import { admitByRight } from "./http/rights.ts";
import type { Log } from "./log.ts";
import { Attendance } from "./media/attendance.ts";
import { MediaServer } from "./media/mediaserver.ts";
import { oncePerState } from "./media/oncePerState.ts";
import { MediaProxy } from "./media/proxy.ts";
import { Steward } from "./media/steward.ts";
import { type Keys, Tickets } from "./media/tickets.ts";
import type { ConnectionContext } from "./meetings/context.ts";
import { Hub } from "./meetings/hub.ts";
import { Lines } from "./meetings/lines.ts";
import { Meetings } from "./meetings/meetings.ts";
import { Places } from "./meetings/places.ts";
import { Presence } from "./meetings/presence.ts";
import { Streams } from "./meetings/streams.ts";
import { aboutRoutes } from "./office/aboutRoutes.ts";
import { BodyZone } from "./office/bodyZone.ts";
import { Doorkeeper } from "./office/doorkeeper.ts";
import { officeDoorRoutes } from "./office/doorRoutes.ts";
import { linkRoutes } from "./office/linkRoutes.ts";
import { meetingRoutes } from "./office/meetingRoutes.ts";
import { organRoutes } from "./office/organRoutes.ts";
import { rosterRoutes } from "./office/rosterRoutes.ts";
import { clerkOfRequest } from "./office/session.ts";
import { Broadcasts } from "./programme/broadcasts.ts";
import { Storage } from "./programme/storage.ts";
import { Announcer } from "./publicfolder/announcer.ts";
import { isAnythingReleased } from "./publicfolder/released.ts";
import { hashOf, newSecret } from "./random.ts";
import { seatRoutes } from "./seats/routes.ts";
import { seatOfRequest } from "./seats/session.ts";
import { sessionBrought } from "./sessions/brought.ts";
import { SessionKeeper } from "./sessions/keeper.ts";
import type { SeatOfMeeting } from "./store/access.ts";
import type { Summary } from "./store/record.ts";
import { openStore } from "./store/store.ts";
import { noteAccess } from "./trail/hook.ts";
import { trailRoutes } from "./trail/routes.ts";
import { Trail } from "./trail/trail.ts";

const HOUSEKEEPING_MS = 3600_000;
const DAY_MS = 24 * 3600_000;
/** A link that was printed stays in logs and on screens: it opens for whoever has just started the house. */
const SET_UP_LINK_MS = 3600_000;

const insidePages = fileURLToPath(new URL("../../web/dist/inside", import.meta.url));

export interface HouseOptions {
  settings: Settings;
  log: Log;
  /** To the supervisor. */
  tell?: (message: FromChild) => void;
  /** RAADHUIS_ADMISSION_SECRET, by which the embedded media server knows whom we let in. */
  admissionSecret?: string | undefined;
  /** Folder of the built pages. */
  pages?: string;
  /** How long after its last page a seat counts as gone. */
  graceMs?: number;
  /** How long after its last page a seat keeps the floor. */
  floorGraceMs?: number;
  /** How long after its last page a session keeps its media, and after a new start everybody does. */
  mediaGraceMs?: number;
  /** Between two beats on each socket. */
  beatMs?: number;
  /** How long somebody who comes waits for a media server that does not listen. */
  patienceMs?: number;
  /** What compares passwords. */
  doorkeeper?: Doorkeeper;
  /** How often sessions are looked through for those that are over. */
  sessionCheckMs?: number;
  /** Which rooms a meeting has. */
  occupancy?: typeof occupancyOf;
  /** The clock by which sessions end and a meeting's time comes. */
  now?: () => number;
  /** What can be said to audiences, beside the record. */
  streams?: readonly StreamKind[];
}

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
  const { settings, log, tell = () => undefined, pages = insidePages } = options;
  const {
    graceMs,
    floorGraceMs,
    mediaGraceMs,
    patienceMs,
    sessionCheckMs,
    admissionSecret,
    beatMs = BEAT_MS,
  } = options;
  const { doorkeeper = new Doorkeeper(), now = Date.now } = options;
  const store = await openStore(join(settings.data, "raadhuis.db"), now);
  const trail = new Trail({ store: store.trail, log, now });
  const meetings = new Meetings({ record: store.record, log, now });
  const hub = new Hub();
  const lines = new Lines(hub);
  const streams = new Streams({ kinds: options.streams ?? streamKinds, store: store.streams, meetings, hub, log, now });
  const presence = new Presence({ meetings, hub, log, graceMs, floorGraceMs });
  const attendance = new Attendance({
    hub,
    graceMs: mediaGraceMs,
    onGone: (meeting) => {
      proxy.cutAbsent();
      steward.check(meeting);
    },
    onSettled: () => {
      proxy.cutAbsent();
      void steward.checkAll();
    },
  });
  const keys = keysOf(settings);
  const occupancy = oncePerState(options.occupancy ?? occupancyOf);
  const tickets = new Tickets(keys, occupancy);
  const mediaServer = new MediaServer(settings.livekit.url, keys);
  const steward = new Steward({ server: mediaServer, meetings, attendance, occupancy, log });
  const proxy = new MediaProxy({
    url: settings.livekit.url,
    tickets,
    meetings,
    log,
    patienceMs,
    admissionSecret,
    attendance,
    occupancy,
    sessionLives: async (session, { meeting, seat }) => {
      const open = await store.access.seatSession(session, now());
      return open?.meeting === meeting && open.seat === seat;
    },
    strayed: (meeting, seat, room) => {
      steward.check(meeting);
      steward.putOut(meeting, seat, (name) => name === room);
    },
  });
  const bodyZone = await BodyZone.of(store.house);
  const zone = () => bodyZone.present;
  const announcer = new Announcer({ data: settings.data, store, zone, log });
  const announceAll = async () => {
    for (const { id, kind, phase } of await store.record.summaries()) {
      if (!formOf({ kind }).gallery || phase !== "planned") continue;
      const live = await meetings.loadReadable(id);
      if (live) announcer.announce(live.state);
    }
  };
  const tellHealth = (meeting: MeetingId) => {
    const state = meetings.peek(meeting);
    if (state) hub.tellHealth(meeting, broadcasts.health(state, { media: steward.media, left: storage.left }));
  };
  const over = (meeting: MeetingId) => store.record.endBroadcast(meeting);
  const broadcasts = new Broadcasts({ meetings, tickets, settings, zone, tell, over, tellHealth, log, now });
  const tellAllHealth = () => {
    for (const meeting of hub.meetings()) tellHealth(meeting);
  };
  steward.onHealth(tellAllHealth);
  const storage = new Storage(settings.data, (left) => {
    if (left === "enough") log.info("there is room again where the data is kept");
    else log[left === "low" ? "warn" : "error"]({ left }, "little room is left where the data is kept");
    tellAllHealth();
  });
  const context: ConnectionContext = {
    meetings,
    hub,
    places: new Places(),
    streams,
    allowance: new Allowance(),
    occupancy,
    ticketsFor: async (state, seat, session) => {
      const forRooms = await tickets.forSeat(state, seat, session);
      // The embedded media server makes rooms for whoever comes with a ticket. A cluster had better not (docs/cluster.md).
      if (!settings.livekit.embedded)
        await Promise.all(forRooms.map(({ room }) => mediaServer.createRoom(room))).catch((error) =>
          log.warn({ err: error }, "a room could not be made"),
        );
      return forRooms;
    },
    greetOffice: (meeting) => {
      tellHealth(meeting);
      lines.tell(meeting);
    },
    personActs: (meeting, seat) => presence.acts(meeting, seat),
    personLeft: ({ meeting, seat, session }) => {
      presence.left(meeting, seat);
      attendance.left({ meeting, session });
    },
    lineChanged: (meeting) => lines.changed(meeting),
    endMedia: (meeting, seat) => {
      proxy.cut(meeting, seat);
      steward.putOut(meeting, seat);
    },
    zone,
    log,
  };

  /** In rooms to which another session of this seat carries its media, that stays. */
  const endMediaOf = ({ meeting, seat }: SeatOfMeeting, sessions: readonly string[]) => {
    proxy.cut(meeting, seat, sessions);
    steward.putOut(meeting, seat, (room) => !proxy.has(seat, room));
  };
  const keeper = new SessionKeeper({
    sessions: store.sessions,
    hub,
    trail,
    log,
    now,
    everyMs: sessionCheckMs,
    endMedia: (meeting, seat, session) => endMediaOf({ meeting, seat }, [session]),
  });

  // Pages first: people move to a new room by the ticket they get here, while the old one is being deleted.
  meetings.follow((change) => hub.tell(change));
  meetings.follow(({ after }) => proxy.follow(after));
  meetings.follow((change) =>
    steward.follow(change, (seat, name) => {
      const state = meetings.peek(change.after.id);
      const place = state && placesOf(occupancy(state), seat).find(({ room }) => room.name === name);
      if (place)
        for (const page of hub.ofSeat(change.after.id, seat))
          if (page.isIn) page.send({ type: "rights", room: name, publish: place.rights.publish });
    }),
  );
  meetings.follow((change) => broadcasts.follow(change));
  meetings.follow((change) => announcer.follow(change));
  hub.watch((meeting) => presence.check(meeting));
  hub.watch((meeting) => attendance.check(meeting));
  hub.watch((meeting) => lines.changed(meeting));
  hub.watch((meeting) => streams.check(meeting));

  const known = new Known({
    lives: async (session) =>
      (await store.access.seatSession(session, now())) !== undefined ||
      (await store.access.clerkSession(session, now())) !== undefined,
  });
  const app = await makeApp({ settings, log, known, sessionOf: (request) => sessionBrought(request, tickets) });
  answerHealth(app, store.ping);
  noteAccess(app, trail);
  admitByRight(app, {
    clerk: (request) => clerkOfRequest(request, store),
    seat: (request) => seatOfRequest(request, store),
  });
  const secure = settings.chamber.url.startsWith("https:");
  seatRoutes(app, {
    store,
    context,
    secure,
    endSessions: (seat, sessions) => {
      hub.endSession((page) => sessions.includes(page.session));
      endMediaOf(seat, sessions);
      trail.note({ kind: "seat.session-ended", result: "session.cap", ...seat });
    },
  });
  const onChange = () => {
    announcer.list();
    announceAll().catch((error) => log.error({ err: error }, "planned meetings could not be announced anew"));
  };
  aboutRoutes(app, { store, settings, zone: bodyZone });
  officeDoorRoutes(app, { store, settings, hub, doorkeeper, trail, zone: bodyZone, onChange });
  rosterRoutes(app, store);
  organRoutes(app, store);
  meetingRoutes(app, { store, settings, context });
  linkRoutes(app, { store, settings, context, trail });
  trailRoutes(app, { store, trail, meetings });
  proxy.register(app);
  await servePages(app, pages);

  const setUp = (await store.house.body()) ? undefined : newSecret();
  if (setUp) await store.access.putSetUpLink(hashOf(setUp), Date.now() + SET_UP_LINK_MS);
  try {
    await app.listen({ host: settings.chamber.bind, port: settings.chamber.port });
  } catch (error) {
    await store.close();
    throw error;
  }
  steward.start();
  attendance.start();
  keeper.start();
  storage.start();
  const beats = setInterval(() => {
    for (const connection of hub.all()) connection.beat();
  }, beatMs);
  const keepHouse = async () => {
    await store.record.forgetCommands(Date.now() - DAY_MS);
    await store.streams.forgetAppends(Date.now() - DAY_MS);
    await store.house.forgetLists(Date.now() - DAY_MS);
    await store.access.forgetLapsed(now());
    await store.devices.forgetLapsed(now());
    await trail.keepHouse();
    for (const summary of await store.record.summaries())
      if (isDone(summary) && hub.of(summary.id).length === 0) meetings.forget(summary.id);
  };
  const housekeeping = setInterval(() => {
    keepHouse().catch((error) => log.error({ err: error }, "housekeeping failed"));
  }, HOUSEKEEPING_MS);
  // Meetings that are not over, or not all broadcast, are taken up where they were.
  for (const summary of await store.record.summaries()) {
    if (isDone(summary)) continue;
    const begun = await isAnythingReleased(settings.data, summary.id);
    const live = await meetings.loadReadable(summary.id);
    if (!live) continue;
    broadcasts.takeUp(summary, live.events, begun);
    announcer.announce(live.state);
    presence.check(summary.id);
  }
  announcer.list();
  broadcasts.start();

  return {
    port: settings.chamber.port,
    setUpLink: setUp && setUpLink(settings.chamber.url, setUp),
    streams,
    hear: (message) => {
      broadcasts.hear(message).catch((error) => log.error({ err: error }, "the supervisor's message failed"));
    },
    async close() {
      clearInterval(beats);
      clearInterval(housekeeping);
      keeper.stop();
      presence.stop();
      attendance.stop();
      lines.stop();
      steward.stop();
      storage.stop();
      broadcasts.stop();
      for (const connection of hub.all()) connection.close(1001, "the server goes away");
      proxy.close();
      await app.close();
      await announcer.stop();
      await trail.close().catch((error) => log.error({ err: error }, "the trail could not be written"));
      await store.close();
    },
  };
}

/** Over, and nothing more to be broadcast of it. */
const isDone = ({ phase, kind, broadcastOver }: Summary): boolean =>
  phase === "ended" && (broadcastOver || !formOf({ kind }).gallery);

/** Without keys of a media server every ticket is signed with a key that nobody has. */
const keysOf = ({ livekit }: Settings): Keys => ({
  apiKey: livekit.apiKey ?? "none",
  apiSecret: livekit.apiSecret ?? randomBytes(32).toString("base64url"),
});
