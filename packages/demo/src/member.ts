import { isOver, type MeetingConnection, type Snapshot } from "@raadhuis/client";
import { redeem, seatConnection, Visit } from "@raadhuis/client/node";
import { Serial } from "@raadhuis/process";
import type { SeatLink } from "@raadhuis/protocol/http";
import type { MediaTicket } from "@raadhuis/protocol/socket";
import type { Face } from "./face.ts";
import { Presence } from "./presence.ts";
import type { Voice } from "./voice.ts";

/** How long a synthetic person looks at "you are on air" before they switch camera and microphone on. */
const CONFIRM_MS = 1_000;
/** Between two times that it asks for a ticket, once its room is lost. */
const RETRY_MS = 500;

interface Options {
  /** Origin. */
  chamber: string;
  /** Where the chamber's `/rtc` is found. */
  media: string;
  face: Face;
  voice: Voice;
  /** Takes what of the meeting could not be read, and why something could not be published. */
  report(error: unknown): void;
}

/**
 * A synthetic person: comes in by their own link, moves over when a new epoch begins, comes back when the server or
 * the media server was away, and leaves when the meeting is over.
 */
export class Member {
  readonly #media: string;
  readonly #face: Face;
  readonly #voice: Voice;
  readonly #report: Options["report"];
  readonly #connection: MeetingConnection;
  /** What was acted upon. */
  #seen: Snapshot;
  #presence: Presence | undefined;
  #room: string | undefined;
  #publish: MediaTicket["publish"] = [];
  #here = true;
  readonly #moves = new Serial();

  private constructor(connection: MeetingConnection, { media, face, voice, report }: Options) {
    this.#connection = connection;
    this.#media = media;
    this.#face = face;
    this.#voice = voice;
    this.#report = report;
    this.#seen = connection.snapshot();
    connection.subscribe(() => this.#look());
  }

  /** Rejects when the link opens nothing. */
  static async takeSeat({ link }: SeatLink, options: Options): Promise<Member> {
    const visit = new Visit(options.chamber);
    const { seat } = await redeem(visit, link);
    const connection = seatConnection(visit, seat, { report: options.report });
    const member = new Member(connection, options);
    // A synthetic person does not stand in the lobby.
    connection.enter();
    connection.start();
    return member;
  }

  async leave(): Promise<void> {
    this.#here = false;
    this.#connection.stop();
    this.#stepOut();
    await this.#moves.settled();
  }

  /** Of several rooms it is in the first one alone, which is the one that is sent into. */
  #look(): void {
    const before = this.#seen;
    this.#seen = this.#connection.snapshot();
    if (!this.#here) return;
    const { tickets, publish } = this.#seen;
    if (isOver(this.#seen)) void this.leave();
    else if (tickets !== before.tickets) {
      if (tickets[0]) this.#move(tickets[0]);
      else this.#stepOut();
    } else if (publish !== before.publish) {
      this.#publish = publish;
      void this.#presence?.mayPublish(publish);
    }
  }

  #stepOut(): void {
    this.#inTurn(async () => {
      this.#room = undefined;
      await this.#presence?.leave();
      this.#presence = undefined;
    });
  }

  #move(ticket: MediaTicket): void {
    this.#publish = ticket.publish;
    this.#inTurn(async () => {
      if (!this.#here || (this.#room === ticket.room && this.#presence)) return;
      await this.#presence?.leave();
      this.#presence = undefined;
      this.#room = ticket.room;
      const person = { face: this.#face, voice: this.#voice, report: this.#report };
      const lost = () => this.#comeBack(ticket.room);
      try {
        this.#presence = await Presence.join(this.#media, ticket, { ...person, lost });
      } catch {
        this.#comeBack(ticket.room);
        return;
      }
      const presence = this.#presence;
      setTimeout(() => void presence.mayPublish(this.#publish), CONFIRM_MS);
    });
  }

  /** The media server went away, or the room did: a fresh ticket says where to be now. */
  #comeBack(room: string): void {
    if (!this.#here || this.#room !== room) return;
    this.#inTurn(async () => {
      // A move to another one, asked for before this, may have come first.
      if (this.#room !== room) return;
      await this.#presence?.leave();
      this.#presence = undefined;
    });
    setTimeout(() => {
      if (this.#here && !this.#presence) {
        this.#connection.askTicket();
        this.#comeBack(room);
      }
    }, RETRY_MS);
  }

  #inTurn(step: () => Promise<void>): void {
    void this.#moves.run(step);
  }
}
