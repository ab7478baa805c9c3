import { type SeatLink, SeatSession } from "@raadhuis/protocol/http";
import type { MediaTicket } from "@raadhuis/protocol/socket";
import { Client } from "./client.ts";
import type { Face } from "./face.ts";
import { Line } from "./line.ts";
import { Presence } from "./presence.ts";
import type { Voice } from "./voice.ts";

/** How long a synthetic person looks at "you are on air" before they switch camera and microphone on, ms. */
const CONFIRM = 1_000;
const RETRY = 500;

/**
 * A synthetic person: comes in by their own link, moves over when a new epoch begins, comes back when the server or
 * the media server was away, and leaves when the meeting is over.
 */
export class Member {
  readonly #media: string;
  readonly #face: Face;
  readonly #voice: Voice;
  readonly #line: Line;
  #presence: Presence | undefined;
  #room: string | undefined;
  #publish: MediaTicket["publish"] = [];
  #here = true;
  #moves: Promise<void> = Promise.resolve();

  private constructor(line: Line, media: string, face: Face, voice: Voice) {
    this.#line = line;
    this.#media = media;
    this.#face = face;
    this.#voice = voice;
  }

  /** `chamber`: origin. `media`: where its `/rtc` is found. Rejects when the link opens nothing. */
  static async takeSeat(
    { link }: SeatLink,
    { chamber, media, face, voice }: { chamber: string; media: string; face: Face; voice: Voice },
  ): Promise<Member> {
    const client = new Client(chamber);
    const url = new URL(link);
    const meeting = url.pathname.split("/").at(-1);
    const { seat } = await client.post("/api/seats/redeem", { meeting, secret: url.hash.slice(1) }, SeatSession);
    const line = new Line(client, `/api/seats/${seat}/socket`);
    const member = new Member(line, media, face, voice);
    line.on("ticket", (ticket) => (ticket ? member.#move(ticket) : member.#stepOut()));
    line.on("rights", (publish) => {
      member.#publish = publish;
      void member.#presence?.mayPublish(publish);
    });
    line.on("out", ({ final }) => {
      if (final) void member.leave();
      else member.#stepOut();
    });
    line.open();
    return member;
  }

  async leave(): Promise<void> {
    this.#here = false;
    this.#line.close();
    this.#stepOut();
    await this.#moves;
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
      const lost = () => this.#comeBack(ticket.room);
      try {
        this.#presence = await Presence.join(this.#media, ticket, { face: this.#face, voice: this.#voice, lost });
      } catch {
        this.#comeBack(ticket.room);
        return;
      }
      const presence = this.#presence;
      setTimeout(() => void presence.mayPublish(this.#publish), CONFIRM);
    });
  }

  /** The media server went away, or the room did: a fresh ticket says where to be now. */
  #comeBack(room: string): void {
    if (!this.#here || this.#room !== room) return;
    this.#inTurn(async () => {
      await this.#presence?.leave();
      this.#presence = undefined;
    });
    setTimeout(() => {
      if (this.#here && !this.#presence) {
        this.#line.askTicket();
        this.#comeBack(room);
      }
    }, RETRY);
  }

  #inTurn(step: () => Promise<void>): void {
    this.#moves = this.#moves.then(step);
  }
}
