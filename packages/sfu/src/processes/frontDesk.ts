import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import type { Log } from "../base/log.ts";
import { bearerOf } from "../base/requests.ts";
import { portOf } from "../entry/listen.ts";
import type { Rooms, RoomsFront } from "../room/rooms.ts";
import type { Revocation } from "../ticket/revocations.ts";
import { type ApiKey, verifyTicket } from "../ticket/ticket.ts";
import { type Load, read, ToCarrier, type ToFront } from "./messages.ts";

/** The path, and whose ticket opens it: only whoever holds the secret can make one with both grants. */
export const frontPath = "/front";
export const frontIdentity = "front";

const reportMs = 1000;
/** Of a list of all that was taken back in a day. */
const maxMessageBytes = 64 * 1024 * 1024;

/**
 * A media process's side of the front: it opens only the rooms that the present front gave it, and says what becomes of
 * them. Listens on a loopback port of its own.
 */
export class FrontDesk implements RoomsFront {
  readonly #api: ApiKey;
  readonly #log: Log;
  readonly #server = new WebSocketServer({
    host: "127.0.0.1",
    port: 0,
    path: frontPath,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    verifyClient: ({ req }, decide) => {
      this.#mayEnter(req).then(decide, () => decide(false));
    },
  });
  readonly #allowed = new Set<string>();
  #front: WebSocket | null = null;
  #rooms: Rooms | null = null;
  #cpu = process.cpuUsage();
  #load: Load = { cpu: 0, people: 0, rooms: 0 };
  readonly #timer = setInterval(() => this.#report(), reportMs);

  constructor(api: ApiKey, log: Log) {
    this.#api = api;
    this.#log = log;
    this.#server.on("connection", (socket) => this.#welcome(socket));
  }

  /** Begins to answer for these rooms. Resolves with the port. */
  async open(rooms: Rooms): Promise<number> {
    this.#rooms = rooms;
    if (this.#server.address() === null) await once(this.#server, "listening");
    return portOf(this.#server);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#front?.terminate();
    this.#server.close();
  }

  // What its rooms ask and tell.

  mayOpen(room: string): boolean {
    return this.#allowed.has(room);
  }

  closed(room: string): void {
    this.#tell({ type: "closed", room });
  }

  revoked(revocation: Revocation): void {
    this.#tell({ type: "revoked", revocation });
  }

  async #mayEnter(request: IncomingMessage): Promise<boolean> {
    // Both are of one machine, and have one clock.
    const claims = await verifyTicket(bearerOf(request) ?? "", this.#api, 1);
    return claims?.sub === frontIdentity && claims.video.roomCreate && claims.video.roomList;
  }

  /** One front at a time: the newest. */
  #welcome(socket: WebSocket): void {
    const older = this.#front;
    this.#front = socket;
    older?.terminate();
    socket.on("error", () => {});
    socket.on("message", (data) => {
      const message = read(ToCarrier, String(data));
      if (message === null) this.#log.error("front.unknown-message");
      else if (this.#front === socket) this.#hear(message);
    });
  }

  #hear(message: ToCarrier): void {
    const rooms = this.#rooms;
    if (rooms === null) return;
    switch (message.type) {
      case "hello": {
        const held = rooms.list().map(({ name }) => name);
        this.#allowed.clear();
        for (const name of held) this.#allowed.add(name);
        const revoked = rooms.revocations.list();
        rooms.revocations.learn(message.revoked);
        this.#tell({ type: "holds", rooms: held, revoked, load: this.#load });
        break;
      }
      case "place":
        this.#allowed.add(message.room);
        this.#tell({ type: "done", id: message.id, ok: true });
        break;
      case "release": {
        const free = rooms.get(message.room) === null;
        if (free) this.#allowed.delete(message.room);
        this.#tell({ type: "done", id: message.id, ok: free });
        break;
      }
      case "evict":
        this.#log.warn({ room: message.room }, "room.elsewhere");
        this.#allowed.delete(message.room);
        rooms.sendElsewhere(message.room);
        break;
    }
  }

  #report(): void {
    const used = process.cpuUsage(this.#cpu);
    this.#cpu = process.cpuUsage();
    const now = (used.user + used.system) / 1000 / reportMs;
    const rooms = this.#rooms?.list() ?? [];
    this.#load = {
      // Half of what it was: a key frame for a hundred people is not yet a busy room.
      cpu: (this.#load.cpu + now) / 2,
      people: rooms.reduce((sum, { participants }) => sum + participants.size, 0),
      rooms: rooms.length,
    };
    this.#tell({ type: "load", load: this.#load });
  }

  #tell(message: ToFront): void {
    if (this.#front?.readyState === this.#front?.OPEN) this.#front?.send(JSON.stringify(message));
  }
}
