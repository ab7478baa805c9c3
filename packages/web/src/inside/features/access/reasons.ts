import type { TrailEntry } from "@raadhuis/protocol/http";

/** Why something was refused, or ended, that has words for whoever reads the trail. */
const reasons = [
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

export type Reason = (typeof reasons)[number] | "unknown-address";

/** `null`: there is none, or it has the words for whoever was refused. */
export function reasonOf({ result, clerk }: Pick<TrailEntry, "result" | "clerk">): Reason | null {
  if (result === "office.wrong-credentials" && clerk === null) return "unknown-address";
  return reasons.find((one) => one === result) ?? null;
}
