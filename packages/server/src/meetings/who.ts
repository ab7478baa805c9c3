import { AccountId, type Actor, type MeetingId, type SeatId } from "@raadhuis/meeting";

/** Whose page it is: a seat's, or a clerk's at the office. */
export type Who = { kind: "seat"; seat: SeatId } | { kind: "office"; clerk: string };

/** One word for each seat and each clerk. */
export const whoKey = (who: Who): string => (who.kind === "seat" ? `seat:${who.seat}` : `office:${who.clerk}`);

/** One word for each of them in each meeting: what one is allowed, or has begun, in one meeting is of that meeting. */
export const ownerOf = ({ who, meeting }: { who: Who; meeting: MeetingId }): string => `${meeting} ${whoKey(who)}`;

/** The same person, as the record and the streams name whoever does something. */
export const actorOf = (who: Who): Actor =>
  who.kind === "seat" ? who : { kind: "account", account: AccountId.parse(who.clerk) };
