import type { RefusalCode } from "@raadhuis/meeting";
import { z } from "zod";

/**
 * Every error that a caller of the chamber's HTTP or socket can see, beside the refusals of `meeting`, with its HTTP
 * status and the words for a developer. The codes are stable: pages translate them, scripts rely on them.
 */
export const errors = {
  "request.malformed": [400, "The request does not have the shape this address takes."],
  "request.too-large": [413, "The request or message is larger than this address takes."],
  "request.wrong-origin": [403, "Requests that change something must come from the house's own pages."],
  "request.unknown-host": [421, "This house is not known by that host name."],
  "request.too-many": [429, "Too many attempts. Wait a little and try again."],
  "request.not-found": [404, "There is nothing at this address."],
  "link.unknown": [404, "This link is not known: it was altered, replaced or withdrawn."],
  "seat.no-session": [401, "Open your personal link first."],
  "seat.removed": [403, "This seat was removed from the meeting."],
  "seat.not-admitted": [403, "This seat may not be in the chamber now."],
  "seat.absent": [403, "This seat's page is not in the chamber: media are for whoever is there."],
  "office.no-session": [401, "Sign in at the office first."],
  "office.session-over": [401, "This session is over: it was not used, or lasted its longest. Sign in again."],
  "office.wrong-credentials": [401, "That address and password do not belong together."],
  "office.busy": [503, "Too many are signing in at this moment. Try again a little later."],
  "password.common": [400, "This password is common, or made from names that belong to it: it would be guessed."],
  "office.link-used": [410, "This link was used already."],
  "office.link-lapsed": [410, "This link has lapsed."],
  "office.setup-lapsed": [410, "This link has lapsed. Start the house again for a new one."],
  "office.already-set-up": [409, "This house is set up already."],
  "office.not-set-up": [409, "This house is not set up yet."],
  "command.malformed": [400, "The command does not have the shape it should have."],
  "command.unknown": [400, "There is no such command."],
  "state.conflict": [409, "The meeting changed meanwhile. Try again."],
  "state.outdated": [409, "This page shows an older state of the meeting."],
  "stream.unknown": [404, "There is no such stream, or no such audience for this seat."],
  "stream.read-only": [403, "Whoever reads here does not write here."],
  "stream.outdated": [409, "Something was said there since: the last message has another number."],
  "stream.full": [409, "No more of this author, or no more at all, is kept there."],
  "page.outdated": [409, "This page is of another version. Load it again."],
  "meeting.unknown": [404, "There is no such meeting."],
  "meeting.unreadable": [409, "The meeting's record holds something that this version of the house cannot read."],
  "person.unknown": [404, "There is no such person."],
  "person.malformed": [400, "A person needs a name, a party or none, and a role, in words that can be seen."],
  "person.name-taken": [409, "Somebody else has this name already."],
  "organ.unknown": [404, "There is no such organ."],
  "organ.name-taken": [409, "Another organ has this name already."],
  "organ.too-many": [409, "There are as many organs as the house keeps."],
  "ticket.missing": [401, "Media needs a ticket."],
  "ticket.invalid": [401, "This ticket was not given out by this house, or grants more than its seat may."],
  "ticket.expired": [401, "This ticket has expired."],
  "ticket.clock": [401, "The clocks of this house's machines differ by more than a minute: set them by NTP."],
  "ticket.wrong-room": [403, "This ticket is for another room or an earlier part of the meeting."],
  "media.unavailable": [503, "The media server does not answer."],
  "house.busy": [503, "Another program holds the house's database. Nothing was changed; try again in a moment."],
  "house.disk-full": [507, "There is no room left where the house keeps its data. Nothing was changed."],
  "house.no-database": [
    503,
    "The house does not reach its database. What was asked for may have been done: look first.",
  ],
  "house.failed": [500, "Something broke in the house. It has been written down; nothing was changed."],
} as const satisfies Record<string, readonly [status: number, message: string]>;
export type ErrorCode = keyof typeof errors;

const isError = (code: string): code is ErrorCode => Object.hasOwn(errors, code);

export const errorCodes = Object.keys(errors).filter(isError);

/** Everything that a request can be refused with. */
export type AnyCode = ErrorCode | RefusalCode;

/** The HTTP status of a code. */
export function statusOf(code: AnyCode): number {
  if (isError(code)) return errors[code][0];
  if (code === "role.not-allowed") return 403;
  return code.endsWith(".unknown") ? 404 : 409;
}

/** The words of a code for a developer; of a rule's refusal the meeting has better ones. */
export const messageOf = (code: AnyCode): string => (isError(code) ? errors[code][1] : code);

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
