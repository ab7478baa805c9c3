import { MeetingId, SeatId } from "@raadhuis/meeting";
import { Line } from "@raadhuis/protocol/socket";
import { z } from "zod";

const Session = z.string().min(1);
const ServerId = z.string().min(1);

/** What was changed in the store, or is true at this moment at one of the servers. */
export const News = z.discriminatedUnion("kind", [
  /** Its record has grown up to this version. */
  z.object({ kind: z.literal("meeting"), meeting: MeetingId, version: z.int() }),
  /** Something was said to an audience of it, or erased. */
  z.object({ kind: z.literal("said"), meeting: MeetingId }),
  /** They have ended; hashes of their secrets. Of a seat, where `of` says so, that has made room for another one. */
  z.object({
    kind: z.literal("sessions"),
    sessions: z.array(Session),
    of: z.object({ meeting: MeetingId, seat: SeatId }).nullable(),
  }),
  /** They have new links: whoever came in by an old one is out. */
  z.object({ kind: z.literal("links"), meeting: MeetingId, seats: z.array(SeatId) }),
  /** The body's name or time zone is another one. */
  z.object({ kind: z.literal("body") }),

  /** This server lives, and what it needs of others to be one house with them. */
  z.object({
    kind: z.literal("beat"),
    server: ServerId,
    number: z.int(),
    /** Whether it has a media server of its own, which another server cannot reach. */
    embedded: z.boolean(),
    /** What stands in its data folder: the same in each of them. */
    folder: z.string(),
  }),
  /** It asks the others to say what is true at theirs. */
  z.object({ kind: z.literal("hello"), server: ServerId }),
  /** Whatever it said of its pages before holds no more; those that it has follow. */
  z.object({ kind: z.literal("anew"), server: ServerId }),
  /** A page at this server came, moved on or has gone. */
  z.object({
    kind: z.literal("page"),
    server: ServerId,
    page: z.string(),
    meeting: MeetingId,
    /** Whose it is; `null`: a clerk's. */
    seat: SeatId.nullable(),
    session: Session,
    /** `in`: its person is in the chamber. */
    state: z.enum(["open", "in", "gone"]),
    openedAt: z.int(),
    line: Line.nullable(),
  }),
  /** The person of this session pressed Leave. */
  z.object({ kind: z.literal("left"), server: ServerId, meeting: MeetingId, seat: SeatId, session: Session }),
]);
export type News = z.infer<typeof News>;
export type NewsOf<Kind extends News["kind"]> = Extract<News, { kind: Kind }>;

/** PostgreSQL carries less than 8000 bytes with a notification; a hash of a session is 64 letters, a seat's id 8. */
const SESSIONS_AT_ONCE = 100;
const SEATS_AT_ONCE = 500;

export const sessionsEnded = (
  sessions: readonly string[],
  of: { meeting: MeetingId; seat: SeatId } | null = null,
): News[] => chunks(sessions, SESSIONS_AT_ONCE).map((some) => ({ kind: "sessions", sessions: some, of }));

export const linksRenewed = (meeting: MeetingId, seats: readonly SeatId[]): News[] =>
  chunks(seats, SEATS_AT_ONCE).map((some) => ({ kind: "links", meeting, seats: some }));

const chunks = <T>(all: readonly T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, index) => all.slice(index * most, (index + 1) * most));
