import { type DisconnectReason, LeaveRequest_Action, SignalRequest, SignalResponse } from "@livekit/protocol";
import type { WebSocket } from "ws";
import { weightOfRequest, weightOfText } from "./bulk.ts";

/** A message to a client: LiveKit's SignalResponse, fields as the caller has them. */
export type Outgoing = NonNullable<NonNullable<ConstructorParameters<typeof SignalResponse>[0]>["message"]>;
export type Incoming = SignalRequest["message"];

/** A client that asks and does not take in the answers is closed at this many bytes; it comes back by itself. */
const maxBacklogBytes = 4 * 1024 * 1024;
/**
 * Browsers' clients ping every 5 s (JoinResponse.pingInterval), LiveKit's Go SDK never does: whoever is silent for so long
 * is asked by the WebSocket's own ping, which every client answers, and who says nothing to that in as long again is dead.
 */
const silenceMs = 10_000;
/** A goodbye is a few bytes, and nearly the last that was sent before our own was heard. */
const maxGoodbyeBytes = 1024;
const maxLateMessages = 16;

export interface SessionEvents {
  message(message: Incoming): void;
  /** Whether its client may say so much more, bytes beside SDPs: asked before a message is decoded. */
  affords(weight: number): boolean;
  /** Whether it may send one more ping or pong of the socket's own (RFC 6455): they are counted as messages are. */
  affordsPing(): boolean;
  /** The client said that it leaves before it heard that we ended the socket. */
  goodbye(message: Extract<Incoming, { case: "leave" }>): void;
  /** The socket is gone, for whatever reason; said once. */
  closed(): void;
  /** The client broke the protocol; it is told to leave and the socket is closed after this. */
  broke(code: ProtocolFault): void;
}

export type ProtocolFault = "signal.malformed" | "signal.too-large" | "signal.too-many";

/** One signalling socket: protobuf or JSON in, and out in the form that last came in. Knows nothing of rooms. */
export class Session {
  readonly #socket: WebSocket;
  readonly #events: SessionEvents;
  #closed = false;
  /** As LiveKit: protobuf until a text frame comes, JSON until a binary one does. */
  #speaksJson = false;
  #lateMessages = 0;
  #silence: NodeJS.Timeout | null = null;

  constructor(socket: WebSocket, events: SessionEvents) {
    this.#socket = socket;
    this.#events = events;
    this.#watch();
    socket.on("message", (data: Buffer, isBinary) => this.#receive(data, isBinary));
    socket.on("ping", (data: Buffer) => {
      if (this.#mayPing()) socket.pong(data);
    });
    socket.on("pong", () => {
      if (this.#mayPing()) this.#watch();
    });
    socket.on("close", () => this.#end());
    // A broken frame or one above the limit; "close" follows.
    socket.on("error", () => {});
  }

  send(message: Outgoing): void {
    if (this.#closed || this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#socket.bufferedAmount > maxBacklogBytes) this.#socket.terminate();
    else this.#socket.send(this.#encode(new SignalResponse({ message })));
  }

  /** Ends the socket without a word. */
  drop(): void {
    this.#socket.terminate();
  }

  /** The last word: why, and what the client is to do now. Nothing but a goodbye is heard of this session after it. */
  leave(reason: DisconnectReason, action = LeaveRequest_Action.DISCONNECT): void {
    this.send({
      case: "leave",
      value: { reason, action, canReconnect: action !== LeaveRequest_Action.DISCONNECT },
    });
    this.close();
  }

  close(): void {
    if (this.#closed) return;
    this.#end();
    this.#socket.close(1000);
    // A client that does not answer the close gets no second chance to hold the socket.
    setTimeout(() => this.#socket.terminate(), 2000).unref();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#closed) {
      this.#receiveLate(data, isBinary);
      return;
    }
    this.#watch();
    this.#speaksJson = !isBinary;
    const message = decode(data, isBinary, (weight) => this.#events.affords(weight));
    if (typeof message === "string") this.#events.broke(message);
    else this.#events.message(message);
  }

  #receiveLate(data: Buffer, isBinary: boolean): void {
    if (++this.#lateMessages > maxLateMessages) {
      this.#socket.pause();
      return;
    }
    if (data.length > maxGoodbyeBytes) return;
    const message = decode(data, isBinary, () => true);
    if (typeof message !== "string" && message.case === "leave") this.#events.goodbye(message);
  }

  #mayPing(): boolean {
    if (this.#closed) return false;
    const may = this.#events.affordsPing();
    if (!may) this.#events.broke("signal.too-many");
    return may;
  }

  #encode(response: SignalResponse): Uint8Array | string {
    return this.#speaksJson ? response.toJsonString() : response.toBinary();
  }

  /** Something was heard just now. */
  #watch(): void {
    this.#afterSilence(() => {
      this.#socket.ping();
      this.#afterSilence(() => this.#socket.terminate());
    });
  }

  #afterSilence(act: () => void): void {
    if (this.#silence) clearTimeout(this.#silence);
    this.#silence = setTimeout(act, silenceMs);
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#silence) clearTimeout(this.#silence);
    this.#events.closed();
  }
}

function decode(data: Buffer, isBinary: boolean, affords: (weight: number) => boolean): Incoming | ProtocolFault {
  try {
    return (isBinary ? readBytes(data, affords) : readText(data.toString(), affords)).message;
  } catch (error) {
    return error instanceof Refused ? error.code : "signal.malformed";
  }
}

function readBytes(data: Buffer, affords: (weight: number) => boolean): SignalRequest {
  refuseUnless(affords, weightOfRequest(data));
  return SignalRequest.fromBinary(data);
}

function readText(text: string, affords: (weight: number) => boolean): SignalRequest {
  const json = JSON.parse(text);
  refuseUnless(affords, weightOfText(text, json));
  return SignalRequest.fromJson(json, { ignoreUnknownFields: true });
}

/** A message that is not decoded. */
class Refused extends Error {
  readonly code: ProtocolFault;

  constructor(code: ProtocolFault) {
    super(code);
    this.code = code;
  }
}

function refuseUnless(affords: (weight: number) => boolean, weight: number | null): void {
  if (weight === null) throw new Refused("signal.too-large");
  if (!affords(weight)) throw new Refused("signal.too-many");
}
