import { AddTrackRequest, JoinRequest, SessionDescription, SignalRequest, WrappedJoinRequest } from "@livekit/protocol";
import { WebSocket } from "ws";
import type { ServerUnderTest } from "../contract/kit/server.ts";
import { until } from "../contract/kit/wait.ts";
import { wildMessage, wildRequest } from "./messages.ts";
import { hostileOffer, plainOffer } from "./offers.ts";
import type { Random } from "./random.ts";

/** Somebody with a good ticket who says what they like over the signalling socket, and comes back when thrown out. */
export class Intruder {
  /** Messages sent, sockets opened, and how often the server ended one or refused to open it. */
  readonly counts = { messages: 0, sockets: 0, thrownOut: 0 };
  readonly #server: ServerUnderTest;
  readonly #random: Random;
  readonly #room: string;
  readonly #name: string;
  #socket: WebSocket | null = null;

  constructor(server: ServerUnderTest, random: Random, room: string, name: string) {
    this.#server = server;
    this.#random = random;
    this.#room = room;
    this.#name = name;
  }

  /** Says one thing; comes in first when it is out. */
  async speak(): Promise<void> {
    const socket = this.#socket?.readyState === WebSocket.OPEN ? this.#socket : await this.#enter();
    if (socket === null) return;
    this.counts.messages += 1;
    if (this.#random.chance(0.03)) socket.send(this.#text());
    else socket.send(this.#bytes());
    // Whoever sends faster than the socket takes it would measure their own memory.
    if (socket.bufferedAmount > 4e6)
      await until("the socket", () => socket.bufferedAmount < 1e6 || socket.readyState > 1);
  }

  leave(): void {
    this.#socket?.terminate();
  }

  async #enter(): Promise<WebSocket | null> {
    this.counts.sockets += 1;
    const ticket = await this.#server.ticket(this.#name, { room: this.#room });
    const path = this.#random.chance(0.7) ? "/rtc/v1" : "/rtc";
    const query = `access_token=${ticket}${this.#random.chance(0.9) ? `&join_request=${this.#joinRequest()}` : ""}`;
    const socket = new WebSocket(`${this.#server.url}${path}?${query}`);
    this.#socket = socket;
    let over = false;
    socket.on("error", () => {});
    socket.on("close", () => {
      over = true;
      this.counts.thrownOut += 1;
    });
    await until("an answer to the socket", () => over || socket.readyState === WebSocket.OPEN);
    return over ? null : socket;
  }

  #joinRequest(): string {
    const random = this.#random;
    const request = random.chance(0.5)
      ? new JoinRequest({
          clientInfo: { protocol: 16, version: "2.0.0" },
          publisherOffer: new SessionDescription({ type: "offer", id: 1, sdp: this.#offer() }),
        })
      : wildMessage(JoinRequest, random);
    const wrapped = new WrappedJoinRequest({ joinRequest: request.toBinary() });
    const bytes = Buffer.from(wrapped.toBinary());
    // Longer heads of a request are refused by the HTTP server itself.
    return (random.chance(0.1) ? random.mutated(bytes) : bytes).toString("base64url").slice(0, 12_000);
  }

  #offer = (): string =>
    this.#random.chance(0.3) ? plainOffer(this.#random, 1 + this.#random.below(8)) : hostileOffer(this.#random);

  #bytes(): Buffer {
    const random = this.#random;
    const kind = random.next();
    if (kind < 0.02) return random.bytes(random.below(1_100_000));
    if (kind < 0.25)
      return this.#request({
        case: "offer",
        value: new SessionDescription({ type: "offer", sdp: this.#offer(), id: random.below(99) }),
      });
    if (kind < 0.35)
      return this.#request({
        case: "answer",
        value: new SessionDescription({ type: "answer", sdp: this.#offer(), id: random.below(99) }),
      });
    if (kind < 0.45) return this.#request({ case: "addTrack", value: wildMessage(AddTrackRequest, random) });
    const wild = wildRequest(random);
    return random.chance(0.12) ? random.mutated(wild) : wild;
  }

  #request = (message: SignalRequest["message"]): Buffer => Buffer.from(new SignalRequest({ message }).toBinary());

  #text(): string {
    const random = this.#random;
    if (random.chance(0.3)) return random.text();
    const text = wildMessage(SignalRequest, random).toJsonString();
    return random.chance(0.5) ? text : random.mutated(Buffer.from(text)).toString("latin1");
  }
}
