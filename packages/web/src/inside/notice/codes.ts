import type { Snapshot } from "@raadhuis/client";
import type { ErrorCode } from "@raadhuis/protocol/http";

/** Of the house's own state, not of whoever asks. */
export type HouseCode = Extract<ErrorCode, `house.${string}`>;

/** Codes that have a page of their own: why a socket ended, and why one cannot go on. */
export type NoticeCode =
  | NonNullable<Snapshot["out"]>
  | HouseCode
  | "link.unknown"
  | "link.incomplete"
  | "page.broken"
  | "meeting.ended"
  | "office.not-set-up"
  | "office.setup-lapsed"
  | "office.already-set-up"
  | "office.link-used"
  | "office.no-session"
  | "setup.unknown";
