import { isFailure, type TrailEntry } from "@raadhuis/protocol/http";
import { isolate, joined } from "../../../i18n/isolate.ts";

type Outcome = "done" | "failed" | "ended";

export const outcomeOf = ({ result }: Pick<TrailEntry, "result">): Outcome =>
  result === "done" ? "done" : isFailure(result) ? "failed" : "ended";

export const titleKey = (entry: Pick<TrailEntry, "kind" | "result">): string =>
  `access.${entry.kind}.${outcomeOf(entry)}`;

/** Reasons that have words for whoever reads the trail; others have those for whoever was refused. */
export const reasons = [
  "link.unknown",
  "office.wrong-credentials",
  "office.link-used",
  "office.link-lapsed",
  "office.setup-lapsed",
  "office.already-set-up",
  "office.busy",
  "meeting.ended",
  "password.common",
  "request.too-many",
  "session.idle",
  "session.absolute",
  "session.meeting-ended",
  "session.replaced",
  "session.cap",
] as const satisfies readonly TrailEntry["result"][];

/** Why; `null` where there is nothing to say. */
export function reasonKey({
  result,
  clerk,
}: Pick<TrailEntry, "result" | "clerk">): { key: string; known: boolean } | null {
  if (result === "done") return null;
  if (result === "office.wrong-credentials" && clerk === null)
    return { key: "access.why.unknown-address", known: true };
  return { key: `access.why.${result}`, known: reasons.some((one) => one === result) };
}

/** Whose account, or whose seat in which meeting, by the names they have today. */
export function subjectOf({ clerk, seat }: Pick<TrailEntry, "clerk" | "seat">, untitled: string): string {
  const account = clerk && `${isolate(clerk.name)} (${clerk.email})`;
  const place = seat && joined([seat.name, seat.title ?? untitled], ", ");
  return joined([account, place]);
}
