import { randomBytes } from "node:crypto";
import { type MeetingId, type MeetingState, occupancyOf, placesOf, type SeatId } from "@raadhuis/meeting";
import type { Settings } from "@raadhuis/protocol/settings";
import type { Log } from "../log.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { Part } from "../parts/part.ts";
import { type Elsewhere, nobodyElsewhere } from "../servers/others.ts";
import { mustBeInTouch } from "../servers/touch.ts";
import type { SeatOfMeeting } from "../store/access.ts";
import type { Store } from "../store/store.ts";
import { Attendance } from "./attendance.ts";
import { MediaServer } from "./mediaserver.ts";
import { oncePerState } from "./oncePerState.ts";
import { MediaProxy } from "./proxy.ts";
import { guarded, Rooms } from "./rooms.ts";
import { Steward } from "./steward.ts";
import { type Keys, Tickets } from "./tickets.ts";

export interface MediaOptions {
  settings: Pick<Settings, "livekit">;
  store: Pick<Store, "access" | "feed">;
  meetings: Meetings;
  hub: Pick<Hub, "of" | "ofSeat" | "watch" | "watchLeaving">;
  /** Pages at other servers. */
  elsewhere?: Elsewhere | undefined;
  /** Throws unless this server alone may act on the media server at this moment. */
  mustBeOurs?: (() => Promise<unknown>) | undefined;
  /** Which rooms a meeting has. */
  occupancy?: typeof occupancyOf | undefined;
  /** How long after its last page a session keeps its media, and after a new start everybody does. */
  mediaGraceMs?: number | undefined;
  /** How long somebody who comes waits for a media server that does not listen. */
  patienceMs?: number | undefined;
  /** RAADHUIS_ADMISSION_SECRET, by which the embedded media server knows whom we let in. */
  admissionSecret?: string | undefined;
  log: Log;
  now: () => number;
}

export type Media = Omit<ReturnType<typeof mediaPart>, "part">;

/** Their media: who may have any, by which tickets and on which way, and who is put out. */
export function mediaPart(options: MediaOptions) {
  const { settings, store, meetings, hub, log, now } = options;
  const keys = keysOf(settings);
  const occupancy = oncePerState(options.occupancy ?? occupancyOf);
  const tickets = new Tickets(keys, occupancy);
  const { elsewhere = nobodyElsewhere, mustBeOurs = async () => undefined } = options;
  const server = new MediaServer(settings.livekit.url, keys);
  const rooms = new Rooms({ server, meetings, occupancy });
  const attendance = new Attendance({ hub, elsewhere, graceMs: options.mediaGraceMs });
  const steward = new Steward({ server: guarded(server, rooms, mustBeOurs), meetings, attendance, occupancy, log });
  const proxy = new MediaProxy({
    url: settings.livekit.url,
    tickets,
    meetings,
    log,
    patienceMs: options.patienceMs,
    admissionSecret: options.admissionSecret,
    attendance,
    occupancy,
    sessionLives: async (session, { meeting, seat }) => {
      mustBeInTouch(store.feed);
      const open = await store.access.seatSession(session, now());
      return open?.meeting === meeting && open.seat === seat;
    },
  });

  meetings.follow("sockets to the media server", ({ after }) => proxy.follow(after));
  meetings.follow("media server", (change) => steward.follow(change));
  hub.watch((meeting) => attendance.check(meeting));
  hub.watchLeaving((leaver) => attendance.left(leaver));
  elsewhere.onMoved((meeting) => attendance.check(meeting));
  elsewhere.onLeft((leaver) => attendance.left(leaver));
  attendance.onGone((meeting) => {
    proxy.cutAbsent();
    steward.check(meeting);
  });
  attendance.onSettled(() => {
    proxy.cutAbsent();
    void steward.checkAll();
  });
  proxy.onStrayed((meeting, seat, room) => {
    steward.check(meeting);
    steward.putOut(meeting, seat, (name) => name === room);
  });
  // Once the media server has a seat's new rights in a room its pages there may use them.
  steward.onRights((meeting, seat, name) => {
    const state = meetings.peek(meeting);
    const place = state && placesOf(occupancy(state), seat).find(({ room }) => room.name === name);
    if (place)
      for (const page of hub.ofSeat(meeting, seat))
        if (page.isIn) page.send({ type: "rights", room: name, publish: place.rights.publish });
  });

  const part: Part = {
    name: "media",
    routes: (app) => proxy.register(app),
    start: () => attendance.start(),
    stop() {
      attendance.stop();
      steward.close();
      proxy.close();
    },
    duty: { start: () => steward.start(), stop: () => steward.stop() },
  };

  return {
    part,
    occupancy,
    tickets,
    steward,

    /** One for each room this seat belongs in. */
    async ticketsFor(state: MeetingState, seat: SeatId, session: string) {
      mustBeInTouch(store.feed);
      const present = (await meetings.present(state.id))?.state ?? state;
      const forRooms = await tickets.forSeat(present, seat, session);
      // The embedded media server makes rooms for whoever comes with a ticket. A cluster had better not (docs/cluster.md).
      if (!settings.livekit.embedded)
        await Promise.all(forRooms.map(({ room }) => rooms.make(state.id, room))).catch((error) =>
          log.warn({ err: error }, "a room could not be made"),
        );
      return forRooms;
    },

    /** All sessions of a seat have ended: what they opened of media ends too. */
    endOfSeat(meeting: MeetingId, seat: SeatId) {
      proxy.cut(meeting, seat);
      steward.putOut(meeting, seat);
    },

    /** These of them have. In rooms to which another session of this seat carries its media, that stays. */
    endOfSessions({ meeting, seat }: SeatOfMeeting, sessions: readonly string[]) {
      proxy.cut(meeting, seat, sessions);
      steward.putOut(meeting, seat, (room) => !proxy.has(seat, room));
    },
  };
}

/** Without keys of a media server every ticket is signed with a key that nobody has. */
const keysOf = ({ livekit }: Pick<Settings, "livekit">): Keys => ({
  apiKey: livekit.apiKey ?? "none",
  apiSecret: livekit.apiSecret ?? randomBytes(32).toString("base64url"),
});
