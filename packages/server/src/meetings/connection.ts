import type { Socket } from "node:net";
import {
  AccountId,
  type Actor,
  type MeetingEvent,
  type MeetingId,
  type MeetingState,
  mayEnter,
  type Occupancy,
  parseCommand,
  placesOf,
  type SeatId,
  viewOf,
} from "@raadhuis/meeting";
import {
  CLOSE_LEFT,
  CLOSE_TOO_MANY,
  ClientMessage,
  type Line,
  MAX_MESSAGE_BYTES,
  type MediaTicket,
  PROTOCOL_VERSION,
  type ServerMessage,
  UNANSWERED_PINGS,
} from "@raadhuis/protocol/socket";
import type { RawData, WebSocket } from "ws";
import { z } from "zod";
import { HouseError, houseError } from "../errors.ts";
import type { Allowance, Spend } from "../http/allowance.ts";
import { Intake } from "../http/intake.ts";
import type { Log } from "../log.ts";
import { actorOf, type Hub, type OutCode, type Page, type Who } from "./hub.ts";
import type { Change, Meetings } from "./meetings.ts";
import { missedBy } from "./missed.ts";
import type { Places } from "./places.ts";
import type { Streams } from "./streams.ts";
import { eventsText, stateText, unnumbered } from "./wire.ts";

export interface ConnectionContext {
  meetings: Meetings;
  hub: Hub;
  /** Where pages began. */
  places: Places;
  streams: Streams;
  /** What their sockets may send. */
  allowance: Allowance;
  occupancy(state: MeetingState): Occupancy;
  /** One for each room this seat belongs in. */
  ticketsFor(state: MeetingState, seat: SeatId, session: string): Promise<MediaTicket[]>;
  /** Called when an office page came in, to show it how things are. */
  greetOffice(meeting: MeetingId): void;
  /** Whoever sits there does something in a page of theirs. */
  personActs(meeting: MeetingId, seat: SeatId): void;
  /** Whoever sits there pressed Leave in a page of theirs, which is gone. */
  personLeft(at: { meeting: MeetingId; seat: SeatId; session: string }): void;
  /** A page told how good its line is. */
  lineChanged(meeting: MeetingId): void;
  /** The sessions of a seat have ended: what they opened of media ends too. */
  endMedia(meeting: MeetingId, seat: SeatId): void;
  /** The body's time zone at this moment. */
  zone(): string;
  log: Log;
}

/** Close codes of our own (RFC 6455, 7.4.2), by the reason given in `out`. 1001: the server goes away, come back. */
const CLOSE_OUT = 4403;
const CLOSE_SLOW = 4408;
/** A policy was not kept (RFC 6455, 7.4.1): here, to say hello. */
const CLOSE_SILENT = 1008;
/** A page says hello as soon as its socket is open. */
const HELLO_MS = 10_000;
/** How long whoever is sent away may take to hear it. */
const LAST_WORD_MS = 5_000;
/** The same for whoever sends too much: nothing is read from them meanwhile. */
const FLOOD_LAST_WORD_MS = 1_000;
/** A page that does not take in what it is sent is closed at this many bytes; it comes back and catches up. */
const MAX_BACKLOG_BYTES = 4 * 1024 * 1024;
/** Messages waiting to be answered. */
const MAX_WAITING = 256;
/** Pages of one seat, or of one clerk, in one meeting; the oldest goes when there are more. */
const MAX_PAGES = 16;

/** Whose socket it is, in which meeting, and what it may send. */
interface Place {
  who: Who;
  meeting: MeetingId;
  session: string;
  sessionLives: () => Promise<boolean>;
  spend: Spend;
}

/** One page's conversation about one meeting. See protocol/src/socket.ts. */
export class Connection implements Page {
  readonly who: Who;
  readonly meeting: MeetingId;
  readonly session: string;
  readonly #socket: WebSocket;
  readonly #context: ConnectionContext;
  readonly #sessionLives: () => Promise<boolean>;
  readonly #intake: Intake;
  readonly #log: Log;
  readonly #silence: NodeJS.Timeout;
  /** `new`: no hello yet; `in`: gets events; `out`: waits before closed doors; `leaving`: gets its last answers. */
  #stage: "new" | "in" | "out" | "leaving" | "gone" = "new";
  #answered: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #saidHello = false;
  /** The number in the record of the event before this page's first. */
  #base = 0;
  /** Went on from the lobby into the chamber. */
  #entered = false;
  /** Pings that went out and were not answered. */
  #unanswered = 0;
  #line: Line | null = null;

  /** `connection`: what the socket reads from. */
  constructor(socket: WebSocket, connection: Socket, at: Place, context: ConnectionContext) {
    this.#socket = socket;
    this.who = at.who;
    this.meeting = at.meeting;
    this.session = at.session;
    this.#sessionLives = at.sessionLives;
    this.#context = context;
    this.#log = context.log.child({ meeting: at.meeting, ...(at.who.kind === "seat" ? { seat: at.who.seat } : {}) });
    const others = context.hub.of(at.meeting).filter((other) => other.actor === this.actor);
    if (others.length >= MAX_PAGES) others[0]?.end();
    context.hub.add(this);
    this.#intake = new Intake(socket, connection, { spend: at.spend, onOver: () => this.#tooMuch() });
    this.#silence = setTimeout(() => this.close(CLOSE_SILENT, "no hello"), HELLO_MS);
    socket.on("message", (data, isBinary) => this.#take(data, isBinary));
    socket.on("pong", () => {
      // Nobody asked for it.
      if (this.#unanswered === 0) this.#intake.take({ messages: 1 });
      this.#unanswered = 0;
    });
    socket.on("error", (error) => this.#log.info({ code: "code" in error ? error.code : error.name }, "socket error"));
    socket.on("close", (code) => {
      const wasIn = this.isInChamber;
      this.#stage = "gone";
      clearTimeout(this.#silence);
      context.hub.remove(this);
      const { who, meeting, session } = at;
      if (wasIn && code === CLOSE_LEFT && who.kind === "seat") context.personLeft({ meeting, seat: who.seat, session });
    });
  }

  get actor(): string {
    return actorOf(this.who);
  }

  get isIn(): boolean {
    return this.#stage === "in";
  }

  get isInChamber(): boolean {
    return this.isIn && this.#entered;
  }

  get line(): Line | null {
    return this.isIn ? this.#line : null;
  }

  send(message: ServerMessage): void {
    if (this.#stage !== "gone") this.sendText(Buffer.from(JSON.stringify(message)));
  }

  /** The same for many pages, written once. */
  sendText(text: Buffer): void {
    if (this.#stage === "gone") return;
    if (this.#socket.bufferedAmount > MAX_BACKLOG_BYTES) this.close(CLOSE_SLOW, "too slow");
    else this.#socket.send(text, { binary: false });
  }

  beat(): void {
    // While somebody owes for what they sent nothing is read from them, their answers neither.
    if (this.#unanswered >= UNANSWERED_PINGS && !this.#socket.isPaused) {
      this.#socket.terminate();
      return;
    }
    this.#unanswered++;
    this.#socket.ping();
    if (this.#stage === "in" || this.#stage === "out") this.send({ type: "beat", now: Date.now() });
  }

  /** Whoever does not answer the close, or never takes in what was sent before it, holds the socket no longer than this. */
  close(code: number, reason: string, lastWordMs = LAST_WORD_MS): void {
    this.#stage = "gone";
    this.#socket.close(code, reason);
    const end = setTimeout(() => this.#socket.terminate(), lastWordMs);
    this.#socket.once("close", () => clearTimeout(end));
  }

  end(): void {
    this.#stage = "gone";
    this.#context.hub.remove(this);
    this.#socket.terminate();
  }

  /** Says why, for good, and closes; whoever closed the meeting hears first that it is done. */
  leave(code: OutCode): void {
    if (this.#stage === "gone" || this.#stage === "leaving") return;
    this.#stage = "leaving";
    this.#answered.then(() => {
      this.send({ type: "out", code });
      this.close(CLOSE_OUT, code);
    });
  }

  follow({ before, after, events }: Change): void {
    if (this.#stage !== "in" && this.#stage !== "out") return;
    const seat = this.who.kind === "seat" ? this.who.seat : undefined;
    if (seat && !mayEnter(after, seat)) {
      if (after.phase === "ended" && this.#stage === "in") this.sendText(eventsText(events));
      this.#putOut(after, seat);
    } else if (this.#stage === "out") {
      this.#welcome(after);
      this.sendTickets();
    } else {
      this.sendText(eventsText(events));
      if (!before || this.#roomsIn(before) !== this.#roomsIn(after)) this.sendTickets();
    }
  }

  /**
   * A fresh ticket for each room of this moment. In the lobby there is none: whoever has media is in the chamber, or was
   * until a moment ago (media/attendance.ts).
   */
  sendTickets(): void {
    if (this.who.kind !== "seat" || !this.isInChamber) return;
    const state = this.#context.meetings.peek(this.meeting);
    if (!state) return;
    this.#context.ticketsFor(state, this.who.seat, this.session).then(
      (tickets) => {
        // Minted for rooms that it has lost meanwhile, or that others were added to: the next ones are on their way.
        const current = this.#context.meetings.peek(this.meeting);
        if (this.#stage === "in" && current && this.#roomsIn(current) === tickets.map(({ room }) => room).join())
          this.send({ type: "media", tickets });
      },
      (error) => this.#log.error({ err: error }, "no ticket could be made"),
    );
  }

  #roomsIn(state: MeetingState): string {
    if (this.who.kind !== "seat") return "";
    const places = placesOf(this.#context.occupancy(state), this.who.seat);
    return places.map(({ room }) => room.name).join();
  }

  #putOut(state: MeetingState, seat: SeatId): void {
    const view = viewOf(state, { kind: "seat", seat });
    if (state.phase === "ended") this.leave("meeting.ended");
    else if (!view || "inside" in view) this.leave("seat.removed");
    else if (this.#stage !== "out") {
      this.#stage = "out";
      this.send({ type: "out", code: "doors.closed", outside: view.outside });
    }
  }

  /** Shows the whole, or what this page missed since it was shown that. */
  #welcome(state: MeetingState, missed?: readonly MeetingEvent[]): void {
    this.#stage = "in";
    if (!missed) this.#base = state.version - 1;
    const you = this.who.kind === "seat" ? this.who : { kind: "office" as const };
    const from = this.#context.places.seal(this.#base, this.#owner);
    const head = JSON.stringify({ type: "welcome", you, now: Date.now(), zone: this.#context.zone(), from });
    const what = missed ? `"events":${JSON.stringify(missed.map(unnumbered))}` : `"state":${stateText(state)}`;
    this.sendText(Buffer.from(`${head.slice(0, -1)},${what}}`));
  }

  /** Whose page it is, of which meeting. */
  get #owner(): string {
    return `${this.meeting} ${this.actor}`;
  }

  /** Told once, and not at each message. */
  #tooMuch(): void {
    this.#log.warn("a page was put out for sending too much");
    this.close(CLOSE_TOO_MANY, "request.too-many", FLOOD_LAST_WORD_MS);
  }

  #take(data: RawData, isBinary: boolean): void {
    if (!this.#intake.take({ messages: 1 }) || this.#stage === "gone" || this.#stage === "leaving") return;
    if (this.#waiting >= MAX_WAITING) {
      this.#tooMuch();
      return;
    }
    const read = readMessage(data, isBinary);
    if ("wrong" in read) {
      this.#refuse(read.id ?? null, read.wrong);
      return;
    }
    const { message } = read;
    // Whoever only asks does not wait behind a command that waits for another program's lock.
    const asks = this.#stage === "in" && (message.type === "ticket" || message.type === "line");
    this.#waiting++;
    const answered = (asks ? Promise.resolve() : this.#answered)
      .then(() => this.#answer(message))
      .catch((error) => {
        if (!(error instanceof HouseError)) this.#log.error({ err: error }, "a message could not be answered");
        const known = error instanceof HouseError ? error : houseError("house.failed");
        this.#refuse("id" in message ? message.id : null, known);
      })
      .finally(() => {
        this.#waiting--;
      });
    if (!asks) this.#answered = answered;
  }

  async #answer(message: ClientMessage): Promise<void> {
    if (this.#stage === "gone" || this.#stage === "leaving") return;
    switch (message.type) {
      case "hello":
        return this.#hello(message);
      case "command":
        return this.#command(message);
      case "append":
        if (this.#stage === "new") return this.#refuse(message.id, helloFirst);
        return this.#context.streams.append(this, message);
      case "ticket":
        if (this.#stage === "new") return this.#refuse(null, helloFirst);
        return this.#entered ? this.sendTickets() : this.#refuse(null, enterFirst);
      case "enter":
        return this.#stage === "new" ? this.#refuse(null, helloFirst) : this.#enter();
      case "line":
        return this.#tellLine(message.line);
    }
  }

  async #hello({ protocol, from, since, streams }: Extract<ClientMessage, { type: "hello" }>): Promise<void> {
    // It is answered with the whole meeting.
    if (this.#saidHello) return this.#refuse(null, houseError("command.malformed", "You said hello already."));
    this.#saidHello = true;
    this.#context.streams.resume(this, streams);
    if (protocol !== PROTOCOL_VERSION) return this.leave("page.outdated");
    if (!(await this.#sessionLives())) return this.leave("seat.no-session");
    const { meetings, hub } = this.#context;
    await meetings.loadReadable(this.meeting);
    if (meetings.isUnreadable(this.meeting)) return this.leave("meeting.unreadable");
    if (this.#stage === "gone" || this.#stage === "leaving") return;
    // Looked at when nothing is waited for any more: from here on each change is heard.
    const live = meetings.now(this.meeting);
    if (!live) return this.leave("seat.no-session");
    // Not before: a page whose hello failed by a fault of ours is closed, and comes back with the next one.
    clearTimeout(this.#silence);
    const seat = this.who.kind === "seat" ? this.who.seat : undefined;
    if (seat && !mayEnter(live.state, seat)) {
      this.#stage = "new";
      return this.#putOut(live.state, seat);
    }
    const base = from === undefined ? undefined : this.#context.places.open(from, this.#owner);
    const missed = base === undefined ? undefined : missedBy(live, { base, since }, seat);
    if (base !== undefined) this.#base = base;
    this.#welcome(live.state, missed);
    if (this.who.kind === "office") this.#context.greetOffice(this.meeting);
    hub.moved(this.meeting);
  }

  #enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.sendTickets();
    this.#context.hub.moved(this.meeting);
  }

  async #command({ id, version, command }: Extract<ClientMessage, { type: "command" }>): Promise<void> {
    if (this.#stage === "new") return this.#refuse(id, helloFirst);
    // Not even whether the version it names is the present one: that would tell how much happens behind the doors.
    if (this.#stage === "out") return this.#refuse(id, houseError("seat.not-admitted"));
    const parsed = parseCommand(command);
    if ("problem" in parsed) return this.#refuse(id, houseError(parsed.problem.code, parsed.problem.message));
    const { who } = this;
    const actor: Actor = who.kind === "seat" ? who : { kind: "account", account: AccountId.parse(who.clerk) };
    if (who.kind === "seat" && this.isInChamber) this.#context.personActs(this.meeting, who.seat);
    const outcome = await this.#context.meetings.execute({
      meeting: this.meeting,
      command: parsed.command,
      actor,
      once: { actor: this.actor, id },
      version: version === undefined ? undefined : version + this.#base,
    });
    if ("version" in outcome) return this.send({ type: "done", id });
    this.#log.info({ command: command.type, code: outcome.refusal.code }, "refused");
    this.send({ type: "refused", id, ...outcome.refusal });
  }

  #tellLine(line: Line | null): void {
    if (this.who.kind !== "seat") return;
    this.#line = line;
    this.#context.lineChanged(this.meeting);
  }

  #refuse(id: string | null, error: HouseError): void {
    this.send({ type: "refused", id, ...error.body() });
  }
}

const helloFirst = houseError("command.malformed", "Say hello first.");
const enterFirst = houseError("command.malformed", "Go into the chamber first.");

/** A message, or what is wrong with it, with the command's id where one can be made out. */
function readMessage(
  data: RawData,
  isBinary: boolean,
): { message: ClientMessage } | { wrong: HouseError; id?: string | null } {
  if (!Buffer.isBuffer(data) || isBinary) return { wrong: houseError("command.malformed", "Messages are JSON text.") };
  if (data.length > MAX_MESSAGE_BYTES) return { wrong: houseError("request.too-large") };
  let raw: unknown;
  try {
    raw = JSON.parse(data.toString("utf8"));
  } catch {
    return { wrong: houseError("command.malformed", "This is not JSON.") };
  }
  const parsed = ClientMessage.safeParse(raw);
  if (parsed.success) return { message: parsed.data };
  const id = typeof raw === "object" && raw && "id" in raw && typeof raw.id === "string" ? raw.id.slice(0, 64) : null;
  return { wrong: houseError("command.malformed", z.prettifyError(parsed.error)), id };
}
