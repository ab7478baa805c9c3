/** Every reason a command can be refused for. Stable: pages translate them, tests and scripts rely on them. */
export const refusalCodes = [
  "meeting.unknown",
  "meeting.exists",
  "meeting.not-planned",
  "meeting.not-open",
  "meeting.not-suspended",
  "meeting.over",
  "meeting.kind",
  "doors.already-closed",
  "doors.already-open",
  "item.unknown",
  "item.exists",
  "item.current",
  "item.doors-closed",
  "seat.unknown",
  "seat.exists",
  "seat.name-taken",
  "seat.removed",
  "seat.not-removed",
  "seat.not-admitted",
  "seat.absent",
  "seat.present",
  "seat.last-chair",
  "hand.already-raised",
  "hand.not-raised",
  "floor.already-held",
  "floor.not-held",
  "role.not-allowed",
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** A refusal is data. `message` is English, for logs and developers; pages show their own words by `code`. */
export interface Refusal {
  code: RefusalCode;
  message: string;
}
