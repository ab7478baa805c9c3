import { firstTwins, type MeetingState, type Seat } from "@raadhuis/meeting";

/** Seats that may be of whoever is signed in: the one that has their name, or else those of the meeting's clerks. */
export function ownSeats({ seats }: Pick<MeetingState, "seats">, account: string): Seat[] {
  const clerks = seats.filter(({ role, removed }) => role === "clerk" && !removed);
  const named = clerks.filter(({ name }) => name !== null && firstTwins([name, account]) !== null);
  return named.length > 0 ? named : clerks;
}
