import type { Socket } from "node:net";
import { type MeetingId, parseCommand } from "@raadhuis/meeting";
import {
  CLOSE_LEFT,
  type ClientMessage,
  type Line,
  PROTOCOL_VERSION,
  type ServerMessage,
} from "@raadhuis/protocol/socket";
import type { RawData, WebSocket } from "ws";
import { HouseError, houseError } from "../errors.ts";
import type { Spend } from "../http/allowance.ts";
import type { Log } from "../log.ts";
import { Answers } from "./answers.ts";
import type { Hub, OutCode, Page } from "./hub.ts";
import type { Lines } from "./lines.ts";
import type { Change, Meetings } from "./meetings.ts";
import { readMessage } from "./message.ts";
import { PageSocket } from "./pageSocket.ts";
import { PageView, type ViewNeighbours } from "./pageView.ts";
import type { Presence } from "./presence.ts";
import { isFollowing, isOver } from "./stage.ts";
import type { Streams } from "./streams.ts";
import { actorOf, type Who, whoKey } from "./who.ts";

/** A policy was not kept (RFC 6455, 7.4.1): here, to say hello. */
const CLOSE_SILENT = 1008;
/** A page says hello as soon as its socket is open. */
const HELLO_MS = 10_000;
/** Pages of one seat, or of one clerk, in one meeting; the oldest goes when there are more. */
const MAX_PAGES = 16;

type Said<Type extends ClientMessage["type"]> = Extract<ClientMessage, { type: Type }>;

/** Those to whom a page's messages go, beside those by whom it is shown something. */
export interface Neighbours extends ViewNeighbours {
  meetings: ViewNeighbours["meetings"] & Pick<Meetings, "execute" | "isUnreadable" | "loaded" | "presentReadable">;
  hub: ViewNeighbours["hub"] & Pick<Hub, "add" | "left" | "of" | "officeCame" | "remove">;
  lines: Pick<Lines, "changed">;
  presence: Pick<Presence, "acts">;
  streams: Pick<Streams, "append" | "resume">;
  log: Log;
}

/** Whose page it is, of which meeting, by which session. */
export interface PageIdentity {
  who: Who;
  meeting: MeetingId;
  /** Hash of the session's secret. */
  session: string;
}

/** A page whose socket may open. */
export interface AdmittedPage extends PageIdentity {
  sessionLives: () => Promise<boolean>;
  /** What it may send. */
  spend: Spend;
}

/**
 * One page's conversation about one meeting (see protocol/src/socket): what it says is answered here. What it is shown
 * is pageView.ts, the wire under both pageSocket.ts.
 */
export class Connection implements Page {
  readonly who: Who;
  readonly meeting: MeetingId;
  readonly session: string;
  readonly #neighbours: Neighbours;
  readonly #sessionLives: () => Promise<boolean>;
  readonly #log: Log;
  readonly #socket: PageSocket;
  readonly #view: PageView;
  readonly #answers = new Answers();
  readonly #silence: NodeJS.Timeout;
  #saidHello = false;
  #line: Line | null = null;

  /** `connection`: what the socket reads from. */
  constructor(socket: WebSocket, connection: Socket, admitted: AdmittedPage, neighbours: Neighbours) {
    this.who = admitted.who;
    this.meeting = admitted.meeting;
    this.session = admitted.session;
    this.#sessionLives = admitted.sessionLives;
    this.#neighbours = neighbours;
    this.#log = neighbours.log.child({
      meeting: admitted.meeting,
      ...(admitted.who.kind === "seat" ? { seat: admitted.who.seat } : {}),
    });
    this.#socket = new PageSocket(socket, connection, {
      spend: admitted.spend,
      log: this.#log,
      onMessage: (data, isBinary) => this.#take(data, isBinary),
      onClosing: () => this.#view.go(),
      onClosed: (code) => this.#closed(code),
    });
    this.#view = new PageView({ page: this, socket: this.#socket, answers: this.#answers, neighbours, log: this.#log });
    this.#silence = setTimeout(() => this.close(CLOSE_SILENT, "no hello"), HELLO_MS);
    const { hub } = neighbours;
    const others = hub.of(admitted.meeting).filter((other) => whoKey(other.who) === whoKey(admitted.who));
    if (others.length >= MAX_PAGES) others[0]?.end();
    hub.add(this);
  }

  get isIn(): boolean {
    return this.#view.stage === "in";
  }

  get isInChamber(): boolean {
    return this.isIn && this.#view.entered;
  }

  get line(): Line | null {
    return this.isIn ? this.#line : null;
  }

  send(message: ServerMessage): void {
    this.#socket.send(message);
  }

  sendText(text: Buffer): void {
    this.#socket.sendText(text);
  }

  follow(change: Change): void {
    this.#view.follow(change);
  }

  beat(): void {
    if (this.#socket.ping() && isFollowing(this.#view.stage)) this.send({ type: "beat", now: Date.now() });
  }

  leave(code: OutCode): void {
    this.#view.leave(code);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  end(): void {
    this.#neighbours.hub.remove(this);
    this.#socket.end();
  }

  #closed(code: number): void {
    // Had the house closed it, it would have gone by now: whatever a page answers to that, its person did not press Leave.
    const pressedLeave = this.isInChamber && code === CLOSE_LEFT;
    this.#view.go();
    clearTimeout(this.#silence);
    this.#neighbours.hub.remove(this);
    const { who, meeting, session } = this;
    if (pressedLeave && who.kind === "seat") this.#neighbours.hub.left({ meeting, seat: who.seat, session });
  }

  #take(data: RawData, isBinary: boolean): void {
    if (isOver(this.#view.stage)) return;
    if (this.#answers.isFull) {
      this.#socket.closeFlooded();
      return;
    }
    const read = readMessage(data, isBinary);
    if ("wrong" in read) {
      this.#refuse(read.id, read.wrong);
      return;
    }
    const { message } = read;
    const onlyAsks = this.isIn && (message.type === "ticket" || message.type === "line");
    this.#answers[onlyAsks ? "atOnce" : "inTurn"](() => this.#answerOrRefuse(message));
  }

  async #answerOrRefuse(message: ClientMessage): Promise<void> {
    try {
      await this.#answer(message);
    } catch (error) {
      if (!(error instanceof HouseError)) this.#log.error({ err: error }, "a message could not be answered");
      this.#refuse(idOf(message), error instanceof HouseError ? error : houseError("house.failed"));
    }
  }

  async #answer(message: ClientMessage): Promise<void> {
    const { stage, entered } = this.#view;
    if (isOver(stage)) return;
    if (stage === "new" && message.type !== "hello" && message.type !== "line")
      return this.#refuse(idOf(message), helloFirst);
    switch (message.type) {
      case "hello":
        return this.#hello(message);
      case "command":
        return this.#command(message);
      case "append":
        return this.#neighbours.streams.append(this, message);
      case "enter":
        return this.#view.enter();
      case "ticket":
        return entered ? this.#view.sendTickets() : this.#refuse(null, enterFirst);
      case "line":
        return this.#tellLine(message.line);
    }
  }

  async #hello({ protocol, from, since, streams }: Said<"hello">): Promise<void> {
    // It is answered with the whole meeting.
    if (this.#saidHello) return this.#refuse(null, houseError("command.malformed", "You said hello already."));
    this.#saidHello = true;
    this.#neighbours.streams.resume(this, streams);
    if (protocol !== PROTOCOL_VERSION) return this.leave("page.outdated");
    if (!(await this.#sessionLives())) return this.leave("seat.no-session");
    const { meetings, hub } = this.#neighbours;
    await meetings.presentReadable(this.meeting);
    if (meetings.isUnreadable(this.meeting)) return this.leave("meeting.unreadable");
    if (isOver(this.#view.stage)) return;
    // Looked at when nothing is waited for any more: from here on each change is heard.
    const live = meetings.loaded(this.meeting);
    if (!live) return this.leave("seat.no-session");
    // Not before: a page whose hello failed by a fault of ours is closed, and comes back with the next one.
    clearTimeout(this.#silence);
    this.#view.begin(live, { from, since });
    if (!this.isIn) return;
    if (this.who.kind === "office") hub.officeCame(this.meeting);
    hub.moved(this.meeting);
  }

  async #command({ id, version, command }: Said<"command">): Promise<void> {
    // Not even whether the version it names is the present one: that would tell how much happens behind the doors.
    if (this.#view.stage === "out") return this.#refuse(id, houseError("seat.not-admitted"));
    const parsed = parseCommand(command);
    if ("problem" in parsed) return this.#refuse(id, houseError(parsed.problem.code, parsed.problem.message));
    const { who } = this;
    // In the lobby nobody has been seen to come: what they did would be done by whoever was not there.
    if (who.kind === "seat" && !this.#view.entered)
      return this.#refuse(id, houseError("seat.not-admitted", "Go into the chamber first."));
    if (who.kind === "seat") this.#neighbours.presence.acts(this.meeting, who.seat);
    const outcome = await this.#neighbours.meetings.execute({
      meeting: this.meeting,
      command: parsed.command,
      actor: actorOf(who),
      once: { actor: whoKey(who), id },
      version: version === undefined ? undefined : this.#view.numberOf(version),
    });
    if ("version" in outcome) return this.send({ type: "done", id });
    this.#log.info({ command: command.type, code: outcome.refusal.code }, "refused");
    this.send({ type: "refused", id, ...outcome.refusal });
  }

  #tellLine(line: Line | null): void {
    if (this.who.kind !== "seat") return;
    this.#line = line;
    this.#neighbours.lines.changed(this.meeting);
  }

  #refuse(id: string | null, error: HouseError): void {
    this.send({ type: "refused", id, ...error.body() });
  }
}

const helloFirst = houseError("command.malformed", "Say hello first.");
const enterFirst = houseError("command.malformed", "Go into the chamber first.");

const idOf = (message: ClientMessage): string | null => ("id" in message ? message.id : null);
