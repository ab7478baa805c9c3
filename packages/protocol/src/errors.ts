import { z } from "zod";

/**
 * Every error that a caller of the chamber's HTTP or socket can see, beside the refusals of `meeting`.
 * Stable: pages translate them, scripts rely on them.
 */
export const errorCodes = [
  "request.malformed",
  "request.too-large",
  "request.wrong-origin",
  "request.unknown-host",
  "request.too-many",
  "request.not-found",
  "link.unknown",
  "seat.no-session",
  "seat.removed",
  "seat.not-admitted",
  "seat.absent",
  "office.no-session",
  "office.session-over",
  "office.wrong-credentials",
  "office.busy",
  "password.common",
  "office.link-used",
  "office.link-lapsed",
  "office.setup-lapsed",
  "office.already-set-up",
  "office.not-set-up",
  "command.malformed",
  "command.unknown",
  "state.conflict",
  "state.outdated",
  "stream.unknown",
  "stream.read-only",
  "stream.outdated",
  "stream.full",
  "page.outdated",
  "meeting.unknown",
  "meeting.unreadable",
  "person.unknown",
  "person.malformed",
  "person.name-taken",
  "organ.unknown",
  "organ.name-taken",
  "organ.too-many",
  "ticket.missing",
  "ticket.invalid",
  "ticket.expired",
  "ticket.clock",
  "ticket.wrong-room",
  "media.unavailable",
  "house.busy",
  "house.disk-full",
  "house.failed",
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Where in a request something is wrong. Lines count from 1, in the list of `field` as it was sent. */
export const ErrorPlace = z.object({
  /** @example "name", "agenda" */
  field: z.string(),
  line: z.int().positive().optional(),
  /** The line that it gets in the way of. */
  other: z.int().positive().optional(),
});
export type ErrorPlace = z.infer<typeof ErrorPlace>;

/** Body of every HTTP answer of status 400 and above. `message` is English, for developers. */
export const ErrorBody = z.object({ code: z.string(), message: z.string(), at: ErrorPlace.optional() });
export type ErrorBody = z.infer<typeof ErrorBody>;
