import { z } from "zod";
import { Zone } from "./zone.ts";

/**
 * Bodies of the chamber's HTTP API. Paths:
 *
 *   GET  /api/house                               -> House
 *   POST /api/seats/redeem          RedeemBody    -> Redeemed     sets the seat's cookie, Path=/api/seats/<seat>
 *   GET  /api/seats/:seat                         -> SeatSession  401 seat.no-session
 *   WS   /api/seats/:seat/socket                  socket.ts
 *   POST /api/office/setup-link     SetUpLinkBody -> 204          whether the house is set up by this link
 *   POST /api/office/setup          SetUpBody     -> Office       once; sets the office's cookie
 *   POST /api/office/sign-in        SignInBody    -> Office
 *   POST /api/office/sign-out                     -> 204
 *   GET  /api/office                              -> Office       401 office.no-session, office.session-over
 *   PUT  /api/office/zone           ZoneBody      -> Office       the body's time zone, from now on
 *   PUT  /api/office/identifier     IdentifierBody -> Office      the body's own name among bodies, in records from now on
 *   POST /api/office/sign-in-links                -> SignInLink   a one-time way in, for another browser
 *   GET  /api/office/people                       -> Person[]
 *   POST /api/office/people         PersonBody    -> Person
 *   POST /api/office/people/lists   PeopleList    -> PeopleListDone   all of them or none; the same key twice: once
 *   PUT  /api/office/people/:person PersonBody    -> Person
 *   DELETE /api/office/people/:person             -> 204
 *   GET  /api/office/organs                       -> Organ[]
 *   POST /api/office/organs         OrganBody     -> Organ
 *   PUT  /api/office/organs/:organ  OrganBody     -> Organ        in records from now on
 *   DELETE /api/office/organs/:organ              -> 204          meetings that were made keep its name
 *   GET  /api/office/meetings                     -> MeetingSummary[]
 *   POST /api/office/meetings       NewMeeting    -> CreatedMeeting   the only time its links are shown
 *   POST /api/office/meetings/:meeting/seats/:seat/link -> SeatLink   a new link; the old one and its sessions end
 *   POST /api/office/meetings/:meeting/links      -> SeatLink[]   new links for all who are not removed; the old ones and all sessions end
 *   GET  /api/office/trail?page=1&failed=false    -> Trail        who came in, and who tried (trail.ts)
 *   GET  /api/office/trail/news                   -> TrailNews    what failed since this clerk last looked
 *   POST /api/office/trail/seen                   -> 204          this clerk has looked
 *   WS   /api/office/meetings/:meeting/socket     socket.ts
 *
 * Every answer of status 429 or 503 says by Retry-After after how many seconds it is worth coming again.
 */
const name = z.string().trim().min(1).max(100);
const party = z.string().trim().max(60).nullable();
const password = z.string().min(12).max(200);

export const House = z.object({
  /** Name of the body; `null` before set-up. */
  body: z.string().nullable(),
  /** The body's time zone (IANA); before set-up the one that it is proposed. */
  zone: z.string(),
  gallery: z.url(),
  demo: z.boolean(),
});
export type House = z.infer<typeof House>;

export const RedeemBody = z.strictObject({ meeting: z.string().max(32), secret: z.string().max(128) });
export const Redeemed = z.object({ meeting: z.string(), seat: z.string() });
export type Redeemed = z.infer<typeof Redeemed>;
export const SeatSession = z.object({ meeting: z.string(), seat: z.string() });
export type SeatSession = z.infer<typeof SeatSession>;

export const SetUpLinkBody = z.strictObject({ secret: z.string().max(128) });
export const SetUpBody = z.strictObject({
  ...SetUpLinkBody.shape,
  body: z.string().trim().min(1).max(120),
  /** Without one: as `House` proposes. */
  zone: Zone.optional(),
  clerk: z.strictObject({ name, email: z.email().max(200), password }),
  demo: z.boolean().default(false),
});
export const SignInBody = z.union([
  z.strictObject({ email: z.string().max(200), password: z.string().max(200) }),
  z.strictObject({ secret: z.string().max(128) }),
]);
export const Office = z.object({
  body: z.string(),
  zone: z.string(),
  /** The body's own among bodies, as it stands in every record that is made from now on. */
  identifier: z.string(),
  clerk: z.object({ name: z.string() }),
});
export type Office = z.infer<typeof Office>;
export const ZoneBody = z.strictObject({ zone: Zone });
/** An official code or URI; the meeting's shape of it is stricter. */
export const IdentifierBody = z.strictObject({ identifier: z.string().trim().min(1).max(200) });
export const SignInLink = z.object({ link: z.url() });

export const RoleName = z.enum(["chair", "deputy", "clerk", "member", "citizen", "guest", "interpreter", "observer"]);

export const PersonBody = z.strictObject({ name, party, role: RoleName });
export const Person = z.object({ id: z.string(), name: z.string(), party, role: RoleName });
export type Person = z.infer<typeof Person>;

/** Most people of one list, and bytes of a request that holds a list. */
export const MOST_OF_LIST = 1000;
export const MAX_LIST_BYTES = 1024 * 1024;

export const PeopleList = z.strictObject({
  /** Chosen by the page, one for each list: what comes again with it is answered again and not done twice. */
  key: z.string().min(8).max(64),
  /** Those who are in the roster already, by their name, stay as they are or become as the list has them. */
  known: z.enum(["keep", "change"]),
  /** Looked at line by line, so that a refusal can say which: `person.malformed`, `person.name-taken`. */
  people: z
    .array(z.strictObject({ name: z.string(), party: z.string().nullable(), role: z.string() }))
    .min(1)
    .max(MOST_OF_LIST),
});
export type PeopleList = z.infer<typeof PeopleList>;
export const PeopleListDone = z.object({ added: z.int(), changed: z.int(), kept: z.int() });
export type PeopleListDone = z.infer<typeof PeopleListDone>;

/** A council, a committee, a college. */
export const Organ = z.object({ id: z.string(), name: z.string() });
export type Organ = z.infer<typeof Organ>;
export const OrganBody = z.strictObject({ name: z.string().trim().min(1).max(120) });
export const MOST_ORGANS = 100;

const LATEST = Date.UTC(10_000, 0);

export const NewMeeting = z.strictObject({
  kind: z.enum(["public", "private", "call"]),
  /** Id of the organ it is of. Without one: the body as a whole. */
  organ: z.string().max(32).optional(),
  title: z.string().trim().min(1).max(300),
  /** Milliseconds since 1970-01-01 UTC, before the year 10000. May be in the past: a page asks, and nobody forbids it. */
  startsAt: z.int().nonnegative().lt(LATEST),
  recording: z.boolean(),
  agenda: z.array(z.string().trim().min(1).max(300)).max(200),
  seats: z
    .array(
      z.strictObject({
        name,
        party,
        role: RoleName,
        /** Id of the person of the roster that it is for: never in the record, nor told to anybody. */
        person: z.string().max(32).optional(),
      }),
    )
    .min(1)
    .max(500),
});
export type NewMeeting = z.infer<typeof NewMeeting>;

export const SeatLink = z.object({ seat: z.string(), name: z.string().nullable(), role: RoleName, link: z.url() });
export type SeatLink = z.infer<typeof SeatLink>;
export const CreatedMeeting = z.object({ meeting: z.string(), links: z.array(SeatLink) });
export type CreatedMeeting = z.infer<typeof CreatedMeeting>;

export const MeetingSummary = z.object({
  meeting: z.string(),
  kind: z.enum(["public", "private", "call"]),
  title: z.string().nullable(),
  /** The organ's name, as it was when the meeting was made; `null`: the body as a whole. */
  organ: z.string().nullable(),
  startsAt: z.int(),
  phase: z.enum(["planned", "open", "suspended", "ended"]),
  /** False: its record was found to hold something that this version of the house does not know. */
  readable: z.boolean(),
});
export type MeetingSummary = z.infer<typeof MeetingSummary>;
