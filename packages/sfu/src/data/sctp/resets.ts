import type { Outbound } from "./outbound.ts";
import { isAfter, plus } from "./serial.ts";
import { chunkTypes, readParameters, writeChunk, writeParameter } from "./wire.ts";

const types = { outgoing: 13, incoming: 14, response: 16 };
const results = { performed: 1, denied: 2, wrongNumber: 5, inProgress: 6 };
/** Streams of one request: what fits, and more than there are channels. */
const maxStreams = 64;
const maxTries = 8;

/** Closing of streams (RFC 6525): theirs is answered, ours is asked for until it is. One request at a time. */
export class StreamResets {
  readonly #outbound: Outbound;
  /** Number of our next request. */
  #next: number;
  /** Number their next request is to have. */
  #expected: number;
  #lastAnswer: Buffer | null = null;
  readonly #wanted = new Set<number>();
  #asked: { request: Buffer; streams: number[]; number: number; tries: number } | null = null;
  #deadline: number | null = null;

  constructor(ownTsn: number, peerTsn: number, outbound: Outbound) {
    this.#next = ownTsn;
    this.#expected = peerTsn;
    this.#outbound = outbound;
  }

  get deadline(): number | null {
    return this.#deadline;
  }

  /** Too many at once are not asked for. */
  ask(streams: readonly number[]): void {
    for (const stream of streams) if (this.#wanted.size < maxStreams) this.#wanted.add(stream);
    if (this.#asked === null) this.#deadline = 0;
  }

  /** A request to send now. */
  due(now: number, rto: number): Buffer | "given up" | null {
    if (this.#asked !== null) {
      if (this.#deadline === null || this.#deadline > now) return null;
      if (++this.#asked.tries > maxTries) return "given up";
      this.#deadline = now + rto * 2 ** Math.min(this.#asked.tries, 4);
      return this.#asked.request;
    }
    if (this.#wanted.size === 0) {
      this.#deadline = null;
      return null;
    }
    const streams = [...this.#wanted];
    this.#wanted.clear();
    const body = Buffer.alloc(12 + 2 * streams.length);
    body.writeUInt32BE(this.#next, 0);
    body.writeUInt32BE(plus(this.#expected, -1), 4);
    body.writeUInt32BE(this.#outbound.lastTsn, 8);
    for (const [index, stream] of streams.entries()) body.writeUInt16BE(stream, 12 + 2 * index);
    const request = writeChunk(chunkTypes.reconfig, 0, writeParameter(types.outgoing, body));
    this.#asked = { request, streams, number: this.#next, tries: 0 };
    this.#next = plus(this.#next, 1);
    this.#deadline = now + rto;
    return request;
  }

  /** RE-CONFIG: `answers` go back, `streams` are what the peer begins anew. */
  take(body: Buffer, cumulative: number): { answers: Buffer[]; streams: number[] } {
    const answers: Buffer[] = [];
    const streams: number[] = [];
    for (const { type, value } of (readParameters(body) ?? []).slice(0, 2)) {
      if (value.length < 8) continue;
      if (type === types.response) this.#answered(value.readUInt32BE(0), value.readUInt32BE(4));
      else answers.push(this.#takeRequest(type, value, cumulative, streams));
    }
    return { answers, streams };
  }

  #takeRequest(type: number, value: Buffer, cumulative: number, streams: number[]): Buffer {
    const number = value.readUInt32BE(0);
    if (number === plus(this.#expected, -1) && this.#lastAnswer !== null) return this.#lastAnswer;
    if (number !== this.#expected) return answer(number, results.wrongNumber);
    // Where chunks of before are still on the way the peer asks again.
    if (type === types.outgoing && value.length >= 12 && isAfter(value.readUInt32BE(8), cumulative))
      return answer(number, results.inProgress);
    this.#expected = plus(this.#expected, 1);
    if (type === types.outgoing && value.length >= 12)
      for (let at = 12; at + 2 <= value.length && streams.length < maxStreams; at += 2)
        streams.push(value.readUInt16BE(at));
    this.#lastAnswer = answer(number, type === types.outgoing ? results.performed : results.denied);
    return this.#lastAnswer;
  }

  #answered(number: number, result: number): void {
    if (this.#asked?.number !== number || result === results.inProgress) return;
    for (const stream of this.#asked.streams) this.#outbound.resetSequence(stream);
    this.#asked = null;
    this.#deadline = this.#wanted.size > 0 ? 0 : null;
  }
}

function answer(number: number, result: number): Buffer {
  const body = Buffer.alloc(8);
  body.writeUInt32BE(number, 0);
  body.writeUInt32BE(result, 4);
  return writeChunk(chunkTypes.reconfig, 0, writeParameter(types.response, body));
}
