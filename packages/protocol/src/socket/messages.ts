import { MeetingState, Role, SeatId, UnnumberedEvent } from "@raadhuis/meeting";
import { z } from "zod";
import { ErrorBody } from "../http/errors.ts";
import { Health, Line, SeatLine } from "./health.ts";
import { AppendMessage, ErasedMessages, LastNumbers, StreamMessages } from "./streams.ts";

/**
 * A socket is closed with this code, and reason `request.too-many`, when its seat or clerk, over all their pages, sends
 * more than a page ever does. What was not answered may be sent again later. A page waits ten seconds.
 */
export const CLOSE_TOO_MANY = 4429;

/** A page that leaves closes its socket with this code: its seat need not be waited for. */
export const CLOSE_LEFT = 4000;

/** Between two beats of the server's, ms. A page cannot see a ping: what shows it that the line lives is a message. */
export const BEAT_MS = 4_000;
/** So many pings, one with each beat, may go unanswered; with the next the server gives the line up: within 12 s. */
export const UNANSWERED_PINGS = 2;
/** A page that has heard nothing for so long, ms, takes its line for dead: two beats, and a bad line's delay. */
export const SILENCE_MS = 10_000;

/**
 * The meeting's WebSocket, `/api/seats/<seat>/socket` (by the seat's cookie) and
 * `/api/office/meetings/<meeting>/socket` (by the office's). JSON text, one message a frame.
 * Whoever may not open it is answered in HTTP, with an ErrorBody: 401 without a living session, 429 after too many
 * messages. A browser does not tell its page of that answer: the page asks for its session (`seats.get` or `office.get` in http/routes.ts). A socket on which
 * nothing is said within seconds is closed (1008), as is one that does not take in what it is sent (4408).
 * Events and states are shapes of `meeting`; so are commands, which the server reads by parseCommand.
 */
export const ClientMessage = z.discriminatedUnion("type", [
  /**
   * First message. `since`: version up to which this page has folded, by its own count; 0: it has nothing. `from`: where
   * that count began, as its welcome said. `streams`: how far it has what its audiences were told.
   */
  z.strictObject({
    type: z.literal("hello"),
    protocol: z.int(),
    from: z.string().max(64).optional(),
    since: z.int().nonnegative(),
    streams: LastNumbers.optional(),
  }),
  /**
   * `id`: random (a UUID), echoed in `done` or `refused`. An id that this seat or clerk has used in this meeting is
   * answered, not done twice, also over another socket and after a restart: a page repeats what was not answered.
   */
  z.strictObject({
    type: z.literal("command"),
    id: z.string().min(1).max(64),
    /** When given: refuse with `state.outdated` unless this is the present version. */
    version: z.int().nonnegative().optional(),
    command: z.looseObject({ type: z.string().max(64) }),
  }),
  AppendMessage,
  /**
   * The person goes from the lobby into the chamber; once on each socket, after hello. Seats only: from here on they
   * count as being in, and get `media`. Whoever only looks whether camera and microphone work is nowhere yet.
   */
  z.strictObject({ type: z.literal("enter") }),
  /** Asks for a fresh `media` message. */
  z.strictObject({ type: z.literal("ticket") }),
  /** How good this page's line is; `null`: it has none. Seats only; not answered, not kept, said when it changes. */
  z.strictObject({ type: z.literal("line"), line: Line.nullable() }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

/** With what to join one room, by livekit-client. Seats only. */
export const MediaTicket = z.object({
  epoch: z.int().positive(),
  room: z.string(),
  token: z.string(),
  /** LiveKit track sources this seat may publish now. */
  publish: z.array(z.enum(["camera", "microphone", "screen_share", "screen_share_audio"])),
});
export type MediaTicket = z.infer<typeof MediaTicket>;

export const ServerMessage = z.discriminatedUnion("type", [
  /**
   * Answer to `hello`: either the whole state, which is of version 1 by the page's own count, or the events after
   * `since`. `from`: to be said with the next `hello`. `now`: the server's clock, ms; `zone`: the body's time zone (IANA).
   */
  z.object({
    type: z.literal("welcome"),
    you: z.union([z.object({ kind: z.literal("seat"), seat: SeatId }), z.object({ kind: z.literal("office") })]),
    now: z.number(),
    zone: z.string(),
    from: z.string(),
    state: MeetingState.optional(),
    events: z.array(UnnumberedEvent).optional(),
  }),
  /** Without meeting and version: the page counts on, as a socket loses nothing in between. */
  z.object({ type: z.literal("events"), events: z.array(UnnumberedEvent) }),
  /** Every four seconds, once hello was said: the line lives. `now`: the server's clock, ms. Not answered. */
  z.object({ type: z.literal("beat"), now: z.number() }),
  /** `number`: what an append got in its audience, for whoever may read there. */
  z.object({ type: z.literal("done"), id: z.string(), number: z.int().optional() }),
  z.object({ type: z.literal("refused"), id: z.string().nullable(), ...ErrorBody.shape }),
  /**
   * A ticket for each room that this seat belongs in now: a page leaves every room that is not among them. The first one
   * is shown and sent into; the others are heard.
   */
  z.object({ type: z.literal("media"), tickets: z.array(MediaTicket) }),
  /** Rights changed within one of these rooms: what may be published there from now on. */
  z.object({ type: z.literal("rights"), room: z.string(), publish: MediaTicket.shape.publish }),
  /**
   * This seat may not be in the chamber now. `doors.closed`: it waits on this socket and gets a new `welcome` with
   * `state` when the doors open. All other codes are final and the socket closes.
   */
  z.object({
    type: z.literal("out"),
    code: z.enum([
      "doors.closed",
      "seat.removed",
      "meeting.ended",
      "meeting.unreadable",
      "page.outdated",
      "seat.no-session",
      "seat.new-link",
    ]),
    /** For whoever waits outside: where they wait, and as whom. */
    outside: z
      .object({
        title: z.string().nullable(),
        body: z.string().nullable(),
        startsAt: z.number(),
        seat: z.object({ id: z.string(), name: z.string().nullable(), role: Role }),
      })
      .optional(),
  }),
  /** As they come; first, after `welcome` (for a seat, after its `enter`), what was missed: a bounded number, the newest. */
  StreamMessages,
  ErasedMessages,
  z.object({ type: z.literal("health"), health: Health }),
  /** To the office: the lines of all seats that told of theirs. */
  z.object({ type: z.literal("lines"), lines: z.array(SeatLine) }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
