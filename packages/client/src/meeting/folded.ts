import { evolve, type MeetingState, numbered, type UnnumberedEvent } from "@raadhuis/meeting";
import type { Health, MediaTicket, SeatLine, ServerMessage } from "@raadhuis/protocol/socket";
import { type Streams, streamed } from "./streamed.ts";

type Out = Extract<ServerMessage, { type: "out" }>["code"];
type Outside = Extract<ServerMessage, { type: "out" }>["outside"];
type You = Extract<ServerMessage, { type: "welcome" }>["you"];

/** What a page knows of its meeting, folded from what the socket said. */
export interface Folded {
  state: MeetingState | null;
  you: You | null;
  /** Where our count of events began, in the server's words; to be said when we come back. */
  from: string | null;
  /** The body's time zone; it comes with the state. */
  zone: string | null;
  /** Server's clock minus ours, ms. */
  clockOffset: number;
  /** For the rooms this seat belongs in; the first is the one that is shown and sent into. */
  tickets: readonly MediaTicket[];
  /** When the tickets came, by our clock, ms. */
  ticketsAt: number;
  /** What this seat may publish now, into the first room. */
  publish: MediaTicket["publish"];
  health: Health | null;
  /** How good the lines of those in the chamber are; the office is told. */
  lines: readonly SeatLine[];
  /** What was said to the audiences of this page. */
  streams: Streams;
  /** Why this page may not be in the chamber; `null`: it may. The office also asks for meetings that are not there. */
  out: Out | "meeting.unknown" | null;
  /** What whoever waits outside is told. */
  outside: Outside | null;
}

export const nothing: Folded = {
  state: null,
  you: null,
  from: null,
  zone: null,
  clockOffset: 0,
  tickets: [],
  ticketsAt: 0,
  publish: [],
  health: null,
  lines: [],
  streams: new Map(),
  out: null,
  outside: null,
};

/** A beat that is this late, ms, has met some delay on its way; by more, one of the two clocks was set. */
const CLOCK_SLACK_MS = 500;

/** Folds one message of the server. `now`: our clock, ms. Throws when events come before there is a state. */
export function folded(before: Folded, message: ServerMessage, now: number): Folded {
  switch (message.type) {
    case "welcome":
      return {
        ...before,
        you: message.you,
        from: message.from,
        zone: message.zone,
        clockOffset: message.now - now,
        out: null,
        outside: null,
        state: afterAll(message.state ?? before.state, message.events ?? []),
      };
    case "events":
      return { ...before, state: afterAll(before.state, message.events) };
    case "beat": {
      const clockOffset = message.now - now;
      return Math.abs(clockOffset - before.clockOffset) < CLOCK_SLACK_MS ? before : { ...before, clockOffset };
    }
    case "media":
      return { ...before, tickets: message.tickets, ticketsAt: now, publish: message.tickets[0]?.publish ?? [] };
    case "rights":
      return message.room === before.tickets[0]?.room ? { ...before, publish: message.publish } : before;
    case "health":
      return { ...before, health: message.health };
    case "lines":
      return { ...before, lines: message.lines };
    case "stream":
    case "erased":
      return { ...before, streams: streamed(before.streams, message) };
    case "out":
      return { ...before, out: message.code, outside: message.outside ?? null, tickets: [], publish: [] };
    case "done":
    case "refused":
      return before;
    default:
      return message satisfies never;
  }
}

/** Events come without a number: nothing is lost on a socket, and we count from our welcome. */
function afterAll(state: MeetingState | null, events: readonly UnnumberedEvent[]): MeetingState | null {
  let after = state;
  for (const event of events) {
    if (!after) throw new Error("An event came before the state.");
    after = evolve(after, numbered(after, event));
  }
  return after;
}
