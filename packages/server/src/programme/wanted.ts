import { conducts, type MeetingId, type MeetingState } from "@raadhuis/meeting";

const MINUTE_MS = 60_000;
/** The public sees the slate from so long before a meeting's time, ms. */
export const EARLY_MS = 10 * MINUTE_MS;
/** A meeting that was not opened so long after its time, ms, is not waited for any more. */
export const LONG_PAST_MS = 4 * 60 * MINUTE_MS;
/** Whoever conducts and goes out, or is cut off, has this long to be back, ms. */
export const GRACE_MS = 5 * MINUTE_MS;
/** Broadcasts at once of meetings that are not open: each takes some 250 MB. */
export const MOST_UNOPENED = 3;

/** `queued`: it would be there, but those of as many others that are not open either go first. */
export type Standing = "wanted" | "queued" | "unwanted";

/** Why a broadcast should be there: the meeting has begun, its time has come, somebody who conducts is in; or not at all. */
export type Claim =
  | { why: "begun" }
  | { why: "time" | "conductor"; conducted: boolean; awayMs: number }
  | { why: null };

export const isConducted = ({ seats }: Pick<MeetingState, "seats">): boolean =>
  seats.some(({ present, role }) => present && conducts(role));

/**
 * What one meeting's broadcast has to say for itself. Nothing but the record and the clock decides, so that a restarted
 * server comes to the same answer.
 * @param conductedUntil when somebody who conducts was last in, ms; `null`: never
 */
export function claimOf(
  { phase, startsAt, openedAt, seats }: Pick<MeetingState, "phase" | "startsAt" | "openedAt" | "seats">,
  conductedUntil: number | null,
  now: number,
): Claim {
  // One that was opened has a broadcast until all of it is released.
  if (phase === "ended") return { why: openedAt === null ? null : "begun" };
  if (phase !== "planned") return { why: "begun" };
  const conducted = isConducted({ seats }) || (conductedUntil !== null && now < conductedUntil + GRACE_MS);
  const isTime = startsAt - EARLY_MS <= now && now < startsAt + LONG_PAST_MS;
  if (!isTime && !conducted) return { why: null };
  return { why: isTime ? "time" : "conductor", conducted, awayMs: Math.abs(startsAt - now) };
}

/**
 * Which of all claims are met. What has begun always is. Of the others so many: those whose time it is before those that
 * somebody merely is in, conducted ones first, then whichever is nearest to its time.
 */
export function standings(claims: ReadonlyMap<MeetingId, Claim>, most = MOST_UNOPENED): Map<MeetingId, Standing> {
  const unopened = [...claims]
    .flatMap(([id, claim]) => (claim.why === "time" || claim.why === "conductor" ? [{ id, ...claim }] : []))
    .sort(
      (a, b) =>
        Number(b.why === "time") - Number(a.why === "time") ||
        Number(b.conducted) - Number(a.conducted) ||
        a.awayMs - b.awayMs ||
        (a.id < b.id ? -1 : 1),
    );
  const met = new Set(unopened.slice(0, most).map(({ id }) => id));
  return new Map(
    [...claims].map(([id, { why }]) => {
      if (why === null) return [id, "unwanted"];
      return [id, why === "begun" || met.has(id) ? "wanted" : "queued"];
    }),
  );
}
