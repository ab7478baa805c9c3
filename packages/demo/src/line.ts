import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";
import { MAX_MESSAGE_BYTES, type MediaTicket, PROTOCOL_VERSION, ServerMessage } from "@raadhuis/protocol/socket";
import WebSocket from "ws";
import type { Client } from "./client.ts";

interface Events {
  /** For the room that is shown; `null`: there is none for this seat now. A synthetic person is in no other. */
  ticket: [MediaTicket | null];
  rights: [MediaTicket["publish"]];
  /** This seat may not be in the chamber now; `final`: nor later. */
  out: [{ code: string; final: boolean }];
  /** The meeting as it stands, whenever the socket opens, and its events from then on. */
  state: [unknown];
  events: [unknown[]];
  /** A command was done or refused. */
  answered: [];
}

/** A meeting's socket, of a seat or of the office: opens again by itself, with growing pauses, until it is told that it is out for good. */
export class Line extends EventEmitter<Events> {
  readonly #client: Client;
  readonly #path: string;
  /** A synthetic person does not stand in the lobby. */
  readonly #seat: boolean;
  #socket: WebSocket | undefined;
  #retry: NodeJS.Timeout | undefined;
  #failures = 0;
  #over = false;
  #room: string | undefined;

  constructor(client: Client, path: string) {
    super();
    this.#client = client;
    this.#path = path;
    this.#seat = path.startsWith("/api/seats/");
  }

  open(): void {
    if (this.#over) return;
    const path = this.#path;
    const socket = new WebSocket(this.#client.origin.replace(/^http/, "ws") + path, {
      origin: this.#client.origin,
      headers: { cookie: this.#client.cookies(path) },
      maxPayload: 64 * MAX_MESSAGE_BYTES,
    });
    this.#socket = socket;
    socket.on("open", () => {
      this.#failures = 0;
      // A synthetic person folds no state: it always takes the whole.
      socket.send(JSON.stringify({ type: "hello", protocol: PROTOCOL_VERSION, since: 0 }));
      if (this.#seat) socket.send(JSON.stringify({ type: "enter" }));
    });
    socket.on("message", (data) => this.#hear(String(data)));
    socket.on("error", () => undefined);
    // The session is over.
    socket.on("unexpected-response", (_request, { statusCode }) => {
      if (statusCode === 401) this.emit("out", { code: "seat.no-session", final: true });
      socket.terminate();
    });
    socket.on("close", () => this.#again());
  }

  /** Asks for a fresh ticket; it comes as `ticket`. Without a socket one comes when there is one again. */
  askTicket(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ type: "ticket" }));
  }

  /** False when there is no socket to send it by. */
  command(command: { type: string }): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify({ type: "command", id: randomUUID(), command }));
    return true;
  }

  close(): void {
    this.#over = true;
    clearTimeout(this.#retry);
    this.#socket?.close();
  }

  #hear(text: string): void {
    const message = ServerMessage.parse(JSON.parse(text));
    if (message.type === "media") this.#heardTickets(message.tickets);
    else if (message.type === "welcome") this.emit("state", message.state);
    else if (message.type === "events") this.emit("events", message.events);
    else if (message.type === "done" || message.type === "refused") this.emit("answered");
    else if (message.type === "rights" && message.room === this.#room) this.emit("rights", message.publish);
    else if (message.type === "out") this.emit("out", { code: message.code, final: message.code !== "doors.closed" });
  }

  #heardTickets(tickets: MediaTicket[]): void {
    const ticket = tickets[0] ?? null;
    this.#room = ticket?.room;
    this.emit("ticket", ticket);
  }

  #again(): void {
    if (this.#over) return;
    this.#failures++;
    this.#retry = setTimeout(() => this.open(), Math.min(200 * 2 ** this.#failures, 5_000));
  }
}
