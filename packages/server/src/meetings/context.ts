import type { MeetingId, MeetingState, Occupancy, SeatId } from "@raadhuis/meeting";
import type { MediaTicket } from "@raadhuis/protocol/socket";
import type { Allowance } from "../http/allowance.ts";
import type { Log } from "../log.ts";
import type { Bookmarks } from "./bookmarks.ts";
import type { Hub } from "./hub.ts";
import type { Meetings } from "./meetings.ts";
import type { Streams } from "./streams.ts";

/** What the pages of all meetings have from the rest of the house. */
export interface ConnectionContext {
  meetings: Meetings;
  hub: Hub;
  /** Where pages began. */
  bookmarks: Bookmarks;
  streams: Streams;
  /** What their sockets may send. */
  allowance: Allowance;
  occupancy(state: MeetingState): Occupancy;
  /** One for each room this seat belongs in. */
  ticketsFor(state: MeetingState, seat: SeatId, session: string): Promise<MediaTicket[]>;
  /** Called when an office page came in, to show it how things are. */
  greetOffice(meeting: MeetingId): void;
  /** Whoever sits there does something in a page of theirs. */
  personActs(meeting: MeetingId, seat: SeatId): void;
  /** Whoever sits there pressed Leave in a page of theirs, which is gone. */
  personLeft(at: { meeting: MeetingId; seat: SeatId; session: string }): void;
  /** A page told how good its line is. */
  lineChanged(meeting: MeetingId): void;
  /** The sessions of a seat have ended: what they opened of media ends too. */
  endMedia(meeting: MeetingId, seat: SeatId): void;
  /** The body's time zone at this moment. */
  zone(): string;
  log: Log;
}
