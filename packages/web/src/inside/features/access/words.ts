import { isFailure, type TrailEntry, type TrailKind } from "@raadhuis/protocol/http";
import { isolate, joined } from "../../../i18n/isolate.ts";
import type { PlainKey } from "../../words.ts";

/** What happened, and the same where it could fail and did. */
const titles: Record<TrailKind, readonly [happened: PlainKey, failed?: PlainKey]> = {
  "house.set-up": ["access.house.set-up.done", "access.house.set-up.failed"],
  "house.zone-changed": ["access.house.zone-changed.done"],
  "house.identifier-changed": ["access.house.identifier-changed.done"],
  "office.sign-in": ["access.office.sign-in.done", "access.office.sign-in.failed"],
  "office.sign-in-by-link": ["access.office.sign-in-by-link.done", "access.office.sign-in-by-link.failed"],
  "office.link-made": ["access.office.link-made.done"],
  "office.sign-out": ["access.office.sign-out.done"],
  "office.session-ended": ["access.office.session-ended.ended"],
  "seat.link-made": ["access.seat.link-made.done"],
  "seat.redeem": ["access.seat.redeem.done", "access.seat.redeem.failed"],
  "seat.session-ended": ["access.seat.session-ended.ended"],
};

export function titleKey({ kind, result }: Pick<TrailEntry, "kind" | "result">): PlainKey {
  const [happened, failed = happened] = titles[kind];
  return isFailure(result) ? failed : happened;
}

/** Whose account, or whose seat in which meeting, by the names they have today. */
export function subjectOf({ clerk, seat }: Pick<TrailEntry, "clerk" | "seat">, untitled: string): string {
  const account = clerk && `${isolate(clerk.name)} (${clerk.email})`;
  const place = seat && joined([seat.name, seat.title ?? untitled], ", ");
  return joined([account, place]);
}
