import { distance, isAfter, plus } from "./serial.ts";
import type { Data, Sack } from "./wire.ts";

export interface Message {
  stream: number;
  protocol: number;
  data: Buffer;
}

export interface InboundLimits {
  /** Bytes of one message, in pieces or whole. */
  maxMessage: number;
  /** Bytes on their way to a whole message, or waiting to be taken: what the peer may have on the way. */
  window: number;
}

/**
 * Chunks kept because one before them is missing. Each may hold its whole packet (1.5 kB), so that this is what bounds
 * an association's memory, and not the bytes that its peer says it sent.
 */
const maxKept = 512;
/** Of one message: eight times what a healthy way needs for the longest. They, too, may hold whole packets. */
const maxPieces = 512;
/** Blocks of a SACK: as many as fit, and far more than a healthy way makes. */
const maxGaps = 128;

/**
 * What comes in: chunks are put in the order of their numbers and pieces joined. Senders number the pieces of a message
 * one after another, and each stream's messages in their order, so that the order of numbers is every stream's order:
 * stream sequence numbers are not looked at. Unordered messages of one piece do not wait.
 */
export class Inbound {
  readonly #limits: InboundLimits;
  /** The highest number up to which all is here. */
  #cumulative: number;
  /** Beyond it, by number; `null`: here, and passed on already. */
  readonly #kept = new Map<number, Data | null>();
  #keptBytes = 0;
  #pieces: Data[] = [];
  #piecesBytes = 0;
  /** Whole messages that were not taken yet, bytes; their owner keeps them. */
  #held = 0;

  constructor(firstTsn: number, limits: InboundLimits) {
    this.#cumulative = plus(firstTsn, -1);
    this.#limits = limits;
  }

  get cumulative(): number {
    return this.#cumulative;
  }

  get hasGaps(): boolean {
    return this.#kept.size > 0;
  }

  /** Bytes that the peer may send. */
  get window(): number {
    return Math.max(0, this.#limits.window - this.#keptBytes - this.#piecesBytes - this.#held);
  }

  /** So many bytes of messages are waiting at their owner: less is let in. */
  hold(bytes: number): void {
    this.#held = bytes;
  }

  /**
   * A chunk. What it completes goes to `deliver`. `false`: its message is longer than allowed.
   * What there is no room for is dropped, as if it were lost on the way: it comes again.
   */
  take(data: Data, deliver: (message: Message) => void): boolean {
    const { tsn } = data;
    if (!isAfter(tsn, this.#cumulative) || this.#kept.has(tsn)) return true;
    const isNext = tsn === plus(this.#cumulative, 1);
    if (!isNext) {
      if (distance(tsn, this.#cumulative) > 0xffff || this.#kept.size >= maxKept) return true;
      if (this.window < data.payload.length) return true;
      const whole = data.unordered && data.first && data.last;
      if (whole) deliver(messageOf([data]));
      this.#keep(tsn, whole ? null : data);
      return true;
    }
    // The next one is taken without room: it frees what waits behind it. Held messages are waited for all the same.
    if (this.#held >= this.#limits.window) return true;
    this.#cumulative = tsn;
    return this.#put(data, deliver) && this.#advance(deliver);
  }

  /** The peer gave up everything to this number (RFC 3758). */
  skip(to: number, deliver: (message: Message) => void): boolean {
    if (!isAfter(to, this.#cumulative)) return true;
    this.#drop();
    for (const [tsn, data] of this.#kept) if (!isAfter(tsn, to)) this.#forget(tsn, data);
    this.#cumulative = to;
    return this.#advance(deliver);
  }

  sack(): Sack {
    const gaps: Sack["gaps"] = [];
    const offsets = [...this.#kept.keys()].map((tsn) => distance(tsn, this.#cumulative)).sort((a, b) => a - b);
    for (const offset of offsets) {
      const last = gaps.at(-1);
      if (last?.end === offset - 1) last.end = offset;
      else if (gaps.length < maxGaps) gaps.push({ start: offset, end: offset });
      else break;
    }
    return { cumulative: this.#cumulative, window: this.window, gaps };
  }

  #advance(deliver: (message: Message) => void): boolean {
    for (;;) {
      const next = plus(this.#cumulative, 1);
      const data = this.#kept.get(next);
      if (data === undefined) return true;
      this.#forget(next, data);
      this.#cumulative = next;
      if (data === null) this.#drop();
      else if (!this.#put(data, deliver)) return false;
    }
  }

  /** In the order of numbers. A piece that continues nothing is dropped: those before it were given up. */
  #put(data: Data, deliver: (message: Message) => void): boolean {
    const begun = this.#pieces[0];
    if (data.first) this.#drop();
    else if (begun === undefined || begun.stream !== data.stream || begun.protocol !== data.protocol) return true;
    if (this.#piecesBytes + data.payload.length > this.#limits.maxMessage) return false;
    if (this.#pieces.length >= maxPieces) return false;
    if (data.last && data.first) {
      deliver(messageOf([data]));
      return true;
    }
    this.#pieces.push(data);
    this.#piecesBytes += data.payload.length;
    if (data.last) {
      const message = messageOf(this.#pieces);
      this.#drop();
      deliver(message);
    }
    return true;
  }

  #drop(): void {
    this.#pieces = [];
    this.#piecesBytes = 0;
  }

  #keep(tsn: number, data: Data | null): void {
    this.#kept.set(tsn, data);
    this.#keptBytes += data?.payload.length ?? 0;
  }

  #forget(tsn: number, data: Data | null): void {
    this.#kept.delete(tsn);
    this.#keptBytes -= data?.payload.length ?? 0;
  }
}

function messageOf(pieces: readonly Data[]): Message {
  const [first] = pieces;
  if (first === undefined) throw new Error("A message has at least one piece.");
  const payload = pieces.length === 1 ? first.payload : Buffer.concat(pieces.map((piece) => piece.payload));
  return { stream: first.stream, protocol: first.protocol, data: payload };
}
