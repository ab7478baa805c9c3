import { randomBytes } from "node:crypto";
import { type MeetingId, type MeetingState, occupancyOf, type SeatId } from "@raadhuis/meeting";
import type { Settings } from "@raadhuis/protocol/settings";
import type { Log } from "../log.ts";
import { Attendance } from "../media/attendance.ts";
import { MediaServer } from "../media/mediaserver.ts";
import { oncePerState } from "../media/oncePerState.ts";
import { MediaProxy } from "../media/proxy.ts";
import { Steward } from "../media/steward.ts";
import { type Keys, Tickets } from "../media/tickets.ts";
import type { Hub } from "../meetings/hub.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { SeatOfMeeting } from "../store/access.ts";
import type { Store } from "../store/store.ts";
import type { HouseOptions } from "./options.ts";

interface Parts extends Pick<HouseOptions, "mediaGraceMs" | "patienceMs" | "admissionSecret" | "occupancy"> {
  settings: Settings;
  store: Store;
  meetings: Meetings;
  hub: Hub;
  log: Log;
  now: () => number;
}

export type Media = ReturnType<typeof mediaOf>;

/** The house's side of the media server: who may have media there, by which tickets and on which way, and who is put out. */
export function mediaOf(parts: Parts) {
  const { settings, store, meetings, hub, log, now } = parts;
  const keys = keysOf(settings);
  const occupancy = oncePerState(parts.occupancy ?? occupancyOf);
  const tickets = new Tickets(keys, occupancy);
  const mediaServer = new MediaServer(settings.livekit.url, keys);
  const attendance = new Attendance({
    hub,
    graceMs: parts.mediaGraceMs,
    onGone: (meeting) => {
      proxy.cutAbsent();
      steward.check(meeting);
    },
    onSettled: () => {
      proxy.cutAbsent();
      void steward.checkAll();
    },
  });
  const steward = new Steward({ server: mediaServer, meetings, attendance, occupancy, log });
  const proxy = new MediaProxy({
    url: settings.livekit.url,
    tickets,
    meetings,
    log,
    patienceMs: parts.patienceMs,
    admissionSecret: parts.admissionSecret,
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

  const ticketsFor = async (state: MeetingState, seat: SeatId, session: string) => {
    const forRooms = await tickets.forSeat(state, seat, session);
    // The embedded media server makes rooms for whoever comes with a ticket. A cluster had better not (docs/cluster.md).
    if (!settings.livekit.embedded)
      await Promise.all(forRooms.map(({ room }) => mediaServer.createRoom(room))).catch((error) =>
        log.warn({ err: error }, "a room could not be made"),
      );
    return forRooms;
  };

  const endOfSeat = (meeting: MeetingId, seat: SeatId) => {
    proxy.cut(meeting, seat);
    steward.putOut(meeting, seat);
  };

  /** In rooms to which another session of this seat carries its media, that stays. */
  const endOfSessions = ({ meeting, seat }: SeatOfMeeting, sessions: readonly string[]) => {
    proxy.cut(meeting, seat, sessions);
    steward.putOut(meeting, seat, (room) => !proxy.has(seat, room));
  };

  return { occupancy, tickets, attendance, steward, proxy, ticketsFor, endOfSeat, endOfSessions };
}

/** Without keys of a media server every ticket is signed with a key that nobody has. */
const keysOf = ({ livekit }: Settings): Keys => ({
  apiKey: livekit.apiKey ?? "none",
  apiSecret: livekit.apiSecret ?? randomBytes(32).toString("base64url"),
});
