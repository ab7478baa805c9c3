import {
  type MeetingEvent,
  type MeetingState,
  type Occupancy,
  placesOf,
  type SeatId,
  type View,
  viewOf,
} from "@raadhuis/meeting";
import type { MediaTicket, ServerMessage } from "@raadhuis/protocol/socket";
import type { Log } from "../log.ts";
import type { Answers } from "./answers.ts";
import type { Bookmarks } from "./bookmarks.ts";
import type { Hub, OutCode, Page } from "./hub.ts";
import type { Change, Live, Meetings } from "./meetings.ts";
import { missedBy } from "./missed.ts";
import type { PageSocket } from "./pageSocket.ts";
import { eventsText, stateText, unnumbered } from "./sharedText.ts";
import { isFollowing, type Stage, type Step, stageAfter } from "./stage.ts";
import { ownerOf } from "./who.ts";

/** A close code of our own (RFC 6455, 7.4.2), by the reason given in `out`. */
const CLOSE_OUT = 4403;

type Welcome = Extract<ServerMessage, { type: "welcome" }>;

type Inside = { inside: MeetingState };
const isInside = (view: View): view is Inside => view !== null && "inside" in view;

/** What a page is told of media. */
export interface PageMedia {
  occupancy(state: MeetingState): Occupancy;
  /** One for each room this seat belongs in. */
  ticketsFor(state: MeetingState, seat: SeatId, session: string): Promise<MediaTicket[]>;
}

/** Those by whom a page is shown something. */
export interface ViewNeighbours {
  meetings: Pick<Meetings, "peek">;
  hub: Pick<Hub, "moved">;
  /** Where pages began. */
  bookmarks: Bookmarks;
  media: PageMedia;
  /** The body's time zone at this moment. */
  zone(): string;
}

interface Options {
  page: Pick<Page, "who" | "meeting" | "session">;
  socket: PageSocket;
  /** What the page still waits for. */
  answers: Answers;
  neighbours: ViewNeighbours;
  log: Log;
}

/**
 * What one page is shown of its meeting: the whole when it comes, each change while it is in, tickets for the rooms of
 * the moment, and why it is out. It alone says how far the page has come (stage.ts).
 */
export class PageView {
  readonly #page: Options["page"];
  readonly #seat: SeatId | undefined;
  readonly #socket: PageSocket;
  readonly #answers: Answers;
  readonly #neighbours: ViewNeighbours;
  readonly #log: Log;
  #stage: Stage = "new";
  /** Went on from the lobby into the chamber. */
  #entered = false;
  /** The number in the record of the event before this page's first: pages count from their own beginning. */
  #base = 0;

  constructor({ page, socket, answers, neighbours, log }: Options) {
    this.#page = page;
    this.#seat = page.who.kind === "seat" ? page.who.seat : undefined;
    this.#socket = socket;
    this.#answers = answers;
    this.#neighbours = neighbours;
    this.#log = log;
  }

  get stage(): Stage {
    return this.#stage;
  }

  get entered(): boolean {
    return this.#entered;
  }

  /** The record's number of what is `version` in this page's count. */
  numberOf(version: number): number {
    return version + this.#base;
  }

  /** Its first answer: the whole, or what it missed since `since` of the count that began at `from`, or closed doors. */
  begin(live: Live, { from, since }: { from?: string | undefined; since: number }): void {
    const view = viewOf(live.state, this.#page.who);
    if (!isInside(view)) {
      this.#putOut(live.state, view);
      return;
    }
    const base = from === undefined ? undefined : this.#neighbours.bookmarks.open(from, this.#owner);
    const missed = base === undefined ? undefined : missedBy(live, { base, since }, this.#seat);
    if (base !== undefined) this.#base = base;
    this.#welcome(view.inside, missed);
  }

  follow({ before, after, events }: Change): void {
    if (!isFollowing(this.#stage)) return;
    const view = viewOf(after, this.#page.who);
    if (!isInside(view)) {
      if (after.phase === "ended" && this.#stage === "in") this.#socket.sendText(eventsText(events));
      this.#putOut(after, view);
    } else if (this.#stage === "out") {
      this.#welcome(view.inside);
      this.sendTickets();
    } else {
      this.#socket.sendText(eventsText(events));
      if (!before || this.#roomsIn(before) !== this.#roomsIn(after)) this.sendTickets();
    }
  }

  enter(): void {
    if (this.#entered) return;
    this.#entered = true;
    this.sendTickets();
    this.#neighbours.hub.moved(this.#page.meeting);
  }

  /**
   * A fresh ticket for each room of this moment. In the lobby there is none: whoever has media is in the chamber, or was
   * until a moment ago (media/attendance.ts).
   */
  sendTickets(): void {
    if (!this.#seat || this.#stage !== "in" || !this.#entered) return;
    const { meetings, media } = this.#neighbours;
    const state = meetings.peek(this.#page.meeting);
    if (!state) return;
    media.ticketsFor(state, this.#seat, this.#page.session).then(
      (tickets) => {
        // Minted for rooms that it has lost meanwhile, or that others were added to: the next ones are on their way.
        const current = meetings.peek(this.#page.meeting);
        if (this.#stage === "in" && current && this.#roomsIn(current) === tickets.map(({ room }) => room).join())
          this.#socket.send({ type: "media", tickets });
      },
      (error) => this.#log.error({ err: error }, "no ticket could be made"),
    );
  }

  /** Says why, for good, and closes; whoever ended the meeting hears first that it is done. */
  leave(code: OutCode): void {
    if (!this.#step("leave")) return;
    this.#answers.whenDone(() => {
      this.#socket.send({ type: "out", code });
      this.#socket.close(CLOSE_OUT, code);
    });
  }

  /** Nothing more is sent. */
  go(): void {
    this.#step("go");
  }

  #putOut({ phase }: MeetingState, view: Exclude<View, Inside>): void {
    if (phase === "ended") this.leave("meeting.ended");
    else if (!view) this.leave("seat.removed");
    else if (this.#step("putOut")) this.#socket.send({ type: "out", code: "doors.closed", outside: view.outside });
  }

  /** Shows the whole, or what this page missed since it was shown that. */
  #welcome(state: MeetingState, missed?: readonly MeetingEvent[]): void {
    if (!this.#step("letIn")) return;
    if (!missed) this.#base = state.version - 1;
    const head: Omit<Welcome, "state" | "events"> = {
      type: "welcome",
      you: this.#page.who.kind === "seat" ? this.#page.who : { kind: "office" },
      now: Date.now(),
      zone: this.#neighbours.zone(),
      from: this.#neighbours.bookmarks.seal(this.#base, this.#owner),
    };
    // The state is written once for all who come at the same time, and put in as it is.
    const what = missed ? `"events":${JSON.stringify(missed.map(unnumbered))}` : `"state":${stateText(state)}`;
    this.#socket.sendText(Buffer.from(`${JSON.stringify(head).slice(0, -1)},${what}}`));
  }

  #roomsIn(state: MeetingState): string {
    if (!this.#seat) return "";
    const places = placesOf(this.#neighbours.media.occupancy(state), this.#seat);
    return places.map(({ room }) => room.name).join();
  }

  get #owner(): string {
    return ownerOf(this.#page);
  }

  /** Whether it was a step. */
  #step(step: Step): boolean {
    const next = stageAfter(this.#stage, step);
    this.#stage = next ?? this.#stage;
    return next !== undefined;
  }
}
