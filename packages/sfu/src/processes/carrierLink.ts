import { AccessToken } from "livekit-server-sdk";
import { WebSocket } from "ws";
import type { Revocation } from "../ticket/revocations.ts";
import type { ApiKey } from "../ticket/ticket.ts";
import { frontIdentity, frontPath } from "./frontDesk.ts";
import { type Load, read, type ToCarrier, ToFront } from "./messages.ts";
import type { Carrier } from "./placements.ts";

/** Where a media process listens on loopback (TCP): for clients' requests, and for the front. */
export interface CarrierPorts {
  number: number;
  port: number;
  control: number;
}

export interface CarrierEvents {
  attached(link: CarrierLink, rooms: readonly string[], revoked: readonly Revocation[]): void;
  lost(link: CarrierLink): void;
  closed(link: CarrierLink, room: string): void;
  revoked(revocation: Revocation): void;
}

/** A carrier that does not answer within this time has something wrong with it, ms. */
const answerMs = 3000;
const retryMs = 100;

/** The front's line to one media process, kept up for as long as that lives. */
export class CarrierLink implements Carrier {
  readonly ports: CarrierPorts;
  load: Load = { cpu: 0, people: 0, rooms: 0 };
  /** `trying`: it may hold rooms that are not known yet. `gone`: nobody answers there. */
  state: "trying" | "attached" | "gone" = "trying";
  readonly #api: ApiKey;
  readonly #events: CarrierEvents;
  readonly #revocations: () => Revocation[];
  readonly #waiting = new Map<number, (ok: boolean) => void>();
  #socket: WebSocket | null = null;
  #retry: NodeJS.Timeout | null = null;
  #ids = 0;
  #stopped = false;

  /** @param revocations all that is known to be taken back, for a process that has just begun */
  constructor(ports: CarrierPorts, api: ApiKey, revocations: () => Revocation[], events: CarrierEvents) {
    this.ports = ports;
    this.#api = api;
    this.#revocations = revocations;
    this.#events = events;
    void this.#connect();
  }

  get number(): number {
    return this.ports.number;
  }

  place(room: string): Promise<boolean> {
    return this.#ask({ type: "place", room, id: ++this.#ids });
  }

  release(room: string): Promise<boolean> {
    return this.#ask({ type: "release", room, id: ++this.#ids });
  }

  evict(room: string): void {
    this.#send({ type: "evict", room });
  }

  stop(): void {
    this.#stopped = true;
    if (this.#retry) clearTimeout(this.#retry);
    this.#socket?.terminate();
  }

  async #connect(): Promise<void> {
    const token = new AccessToken(this.#api.key, this.#api.secret, { identity: frontIdentity, ttl: 60 });
    token.addGrant({ roomCreate: true, roomList: true });
    const headers = { authorization: `Bearer ${await token.toJwt()}` };
    if (this.#stopped) return;
    const socket = new WebSocket(`ws://127.0.0.1:${this.ports.control}${frontPath}`, {
      headers,
      handshakeTimeout: answerMs,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    const slow = setTimeout(() => socket.terminate(), answerMs);
    socket.on("open", () => this.#send({ type: "hello", revoked: this.#revocations() }));
    socket.on("message", (data) => {
      const message = read(ToFront, String(data));
      if (message?.type === "holds") clearTimeout(slow);
      if (message) this.#hear(message);
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      clearTimeout(slow);
      this.#lost();
    });
  }

  #hear(message: ToFront): void {
    switch (message.type) {
      case "holds":
        this.load = message.load;
        this.state = "attached";
        this.#events.attached(this, message.rooms, message.revoked);
        break;
      case "done":
        this.#waiting.get(message.id)?.(message.ok);
        break;
      case "closed":
        this.#events.closed(this, message.room);
        break;
      case "revoked":
        this.#events.revoked(message.revocation);
        break;
      case "load":
        this.load = message.load;
        break;
    }
  }

  #lost(): void {
    const was = this.state;
    // A line that broke is tried again at once; where nobody answered there is nobody.
    this.state = was === "attached" ? "trying" : "gone";
    for (const answer of [...this.#waiting.values()]) answer(false);
    if (was === "attached") this.#events.lost(this);
    if (!this.#stopped) this.#retry = setTimeout(() => void this.#connect(), was === "attached" ? 0 : retryMs);
  }

  #ask(message: Extract<ToCarrier, { id: number }>): Promise<boolean> {
    return new Promise((resolve) => {
      const answer = (ok: boolean) => {
        clearTimeout(late);
        this.#waiting.delete(message.id);
        resolve(ok);
      };
      const late = setTimeout(() => answer(false), answerMs);
      this.#waiting.set(message.id, answer);
      if (!this.#send(message)) answer(false);
    });
  }

  #send(message: ToCarrier): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }
}
