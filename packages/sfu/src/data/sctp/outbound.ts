import { RetransmissionTime } from "./retransmissionTime.ts";
import { distance, isAfter, plus } from "./serial.ts";
import { chunkTypes, type Data, maxFragment, type Sack, writeChunk, writeData } from "./wire.ts";

export interface Outgoing {
  stream: number;
  protocol: number;
  data: Buffer;
  /** Unordered, and given up when it is lost: what LiveKit calls lossy. */
  lossy: boolean;
}

interface Entry extends Outgoing {
  sequence: number;
  /** Bytes that have been sent at least once. */
  sent: number;
  acknowledged: number;
  abandoned: boolean;
}

/** A DATA chunk that was sent and is not acknowledged up to. */
interface Flying {
  tsn: number;
  data: Data;
  message: Entry;
  state: "flying" | "lost" | "arrived" | "abandoned";
  /** Times it was reported missing. */
  misses: number;
  transmissions: number;
  sentAt: number;
}

/** Bytes of memory for each message and chunk beside what is in it, about. */
const overhead = 200;
const initialWindow = 4 * maxFragment;
const minThreshold = 4 * maxFragment;
/** More on the way to one receiver serves nobody. */
const maxWindow = 256 * 1024;
/** However small they are. */
const maxFlying = 1024;
/** Reports of a chunk's absence before it counts as lost (RFC 9260, 7.2.4). */
const missesUntilLost = 3;
/** In a row without any answer; some 70 s. */
const maxTimeouts = 10;

/**
 * What goes out: messages cut into chunks, as many on the way as the receiver and the network take (RFC 9260, 6 and 7),
 * sent again when they are lost, or given up (RFC 3758). Keeps no timer itself: `deadline` says when to call `timeout`.
 */
export class Outbound {
  readonly #queue: Entry[] = [];
  #queueHead = 0;
  readonly #flying: Flying[] = [];
  readonly #sequences = new Map<number, number>();
  readonly #forwards: boolean;
  #next: number;
  #acknowledged: number;
  #peerWindow: number;
  #congestionWindow = initialWindow;
  #threshold = maxWindow;
  #partlyAcknowledged = 0;
  #flight = 0;
  #buffered = 0;
  #recoverUntil: number | null = null;
  readonly #time = new RetransmissionTime();
  #timeouts = 0;
  #deadline: number | null = null;

  /** `forwards`: the peer understands that something is given up. */
  constructor(firstTsn: number, peerWindow: number, forwards: boolean) {
    this.#next = firstTsn;
    this.#acknowledged = plus(firstTsn, -1);
    this.#peerWindow = peerWindow;
    this.#forwards = forwards;
  }

  /** Bytes handed in and not acknowledged yet, with something for what keeps them. */
  get buffered(): number {
    return this.#buffered + overhead * (this.#queue.length - this.#queueHead + this.#flying.length);
  }

  /** Number of the last chunk that was sent. */
  get lastTsn(): number {
    return plus(this.#next, -1);
  }

  /** ms of the caller's clock; `null`: nothing is on the way. */
  get deadline(): number | null {
    return this.#deadline;
  }

  /** ms. */
  get rto(): number {
    return this.#time.out;
  }

  queue(message: Outgoing): void {
    const sequence = this.#sequences.get(message.stream) ?? 0;
    if (!message.lossy) this.#sequences.set(message.stream, (sequence + 1) & 0xffff);
    this.#queue.push({ ...message, sequence, sent: 0, acknowledged: 0, abandoned: false });
    this.#buffered += message.data.length;
  }

  /** A stream begins anew (RFC 6525). */
  resetSequence(stream: number): void {
    this.#sequences.delete(stream);
  }

  /** Chunks that may be sent now, those that were lost first. Each is to go into a packet of its own. */
  *chunks(now: number): Generator<Buffer> {
    for (const entry of this.#flying) {
      if (entry.state !== "lost") continue;
      if (this.#flight > 0 && this.#flight + entry.data.payload.length > this.#congestionWindow) break;
      entry.state = "flying";
      entry.misses = 0;
      entry.transmissions += 1;
      this.#flight += entry.data.payload.length;
      this.#deadline ??= now + this.#time.out;
      yield writeData(entry.data);
    }
    for (let message = this.#queue[this.#queueHead]; message !== undefined; message = this.#queue[this.#queueHead]) {
      const payload = message.data.subarray(message.sent, message.sent + maxFragment);
      // A receiver without room gets one chunk at a time, so that its new window is not missed.
      const room = Math.min(this.#congestionWindow, this.#peerWindow);
      if (this.#flight > 0 && this.#flight + payload.length > room) break;
      if (this.#flying.length >= maxFlying) break;
      const data: Data = {
        tsn: this.#next,
        stream: message.stream,
        sequence: message.sequence,
        protocol: message.protocol,
        unordered: message.lossy,
        first: message.sent === 0,
        last: message.sent + payload.length === message.data.length,
        payload,
      };
      message.sent += payload.length;
      this.#next = plus(this.#next, 1);
      this.#flying.push({ tsn: data.tsn, data, message, state: "flying", misses: 0, transmissions: 1, sentAt: now });
      this.#flight += payload.length;
      this.#deadline ??= now + this.#time.out;
      if (data.last) this.#shift();
      yield writeData(data);
    }
    if (this.#flying.length > 0) this.#deadline ??= now + this.#time.out;
    else this.#deadline = null;
  }

  /** What the peer has. Its reports are not trusted: impossible ones change nothing. */
  acknowledge(sack: Sack, now: number): void {
    if (isAfter(this.#acknowledged, sack.cumulative) || isAfter(sack.cumulative, this.lastTsn)) return;
    const outstanding = this.#flight;
    const advanced = isAfter(sack.cumulative, this.#acknowledged);
    let newly = this.#acknowledgeTo(sack.cumulative, now);
    const { bytes, highest } = this.#acknowledgeGaps(sack, now);
    newly += bytes;
    this.#peerWindow = sack.window;
    this.#timeouts = 0;
    if (this.#recoverUntil !== null && !isAfter(this.#recoverUntil, sack.cumulative)) this.#recoverUntil = null;
    if (advanced) {
      this.#grow(newly, outstanding);
      this.#deadline = this.#flying.length > 0 ? now + this.#time.out : null;
    }
    if (highest !== null) this.#countMisses(highest, advanced);
  }

  /** Nothing was heard in time: all that is on the way counts as lost. `false`: given up. */
  timeout(now: number): boolean {
    this.#deadline = null;
    if (++this.#timeouts > maxTimeouts) return false;
    for (const entry of this.#flying) {
      if (entry.state === "abandoned") continue;
      // What was reported to have arrived may have been dropped since.
      entry.state = "lost";
      this.#giveUp(entry);
    }
    this.#flight = 0;
    this.#threshold = Math.max(this.#congestionWindow / 2, minThreshold);
    this.#congestionWindow = maxFragment;
    this.#partlyAcknowledged = 0;
    this.#recoverUntil = null;
    this.#time.backOff();
    if (this.#flying.length > 0) this.#deadline = now + this.#time.out;
    return true;
  }

  /** A FORWARD TSN where something was given up; to be called after `acknowledge` and `timeout`. */
  forward(): Buffer | null {
    let to = this.#acknowledged;
    for (const entry of this.#flying) {
      if (entry.state !== "abandoned") break;
      to = entry.tsn;
    }
    if (to === this.#acknowledged) return null;
    // Only unordered messages are given up: there are no stream sequence numbers to skip.
    const body = Buffer.alloc(4);
    body.writeUInt32BE(to, 0);
    return writeChunk(chunkTypes.forwardTsn, 0, body);
  }

  #shift(): void {
    this.#queueHead += 1;
    if (this.#queueHead < 64 || this.#queueHead * 2 < this.#queue.length) return;
    this.#queue.splice(0, this.#queueHead);
    this.#queueHead = 0;
  }

  /** Bytes that were not known to have arrived. */
  #acknowledgeTo(cumulative: number, now: number): number {
    let bytes = 0;
    let count = 0;
    for (const entry of this.#flying) {
      if (isAfter(entry.tsn, cumulative)) break;
      count += 1;
      if (entry.state !== "arrived") bytes += this.#arrived(entry, now);
      if (entry.message.abandoned) continue;
      this.#buffered -= entry.data.payload.length;
      entry.message.acknowledged += entry.data.payload.length;
    }
    if (count > 0) this.#flying.splice(0, count);
    this.#acknowledged = cumulative;
    return bytes;
  }

  #acknowledgeGaps({ cumulative, gaps }: Sack, now: number): { bytes: number; highest: number | null } {
    let bytes = 0;
    let highest: number | null = null;
    let index = 0;
    for (const entry of this.#flying) {
      const offset = distance(entry.tsn, cumulative);
      while (index < gaps.length && (gaps[index]?.end ?? 0) < offset) index += 1;
      const gap = gaps[index];
      if (gap === undefined) break;
      if (offset < gap.start || entry.state === "arrived" || entry.state === "abandoned") continue;
      bytes += this.#arrived(entry, now);
      highest = entry.tsn;
    }
    return { bytes, highest };
  }

  #arrived(entry: Flying, now: number): number {
    const { length } = entry.data.payload;
    if (entry.state === "flying") {
      this.#flight -= length;
      // One that was sent twice does not tell which was answered (Karn).
      if (entry.transmissions === 1) this.#time.measure(now - entry.sentAt);
    }
    if (entry.state !== "abandoned") entry.state = "arrived";
    return length;
  }

  #grow(newly: number, outstanding: number): void {
    if (this.#recoverUntil !== null) return;
    // Only a window that was used is made wider.
    if (outstanding + maxFragment < this.#congestionWindow) return;
    if (this.#congestionWindow <= this.#threshold) this.#congestionWindow += Math.min(newly, maxFragment);
    else {
      this.#partlyAcknowledged += newly;
      if (this.#partlyAcknowledged < this.#congestionWindow) return;
      this.#partlyAcknowledged -= this.#congestionWindow;
      this.#congestionWindow += maxFragment;
    }
    this.#congestionWindow = Math.min(this.#congestionWindow, maxWindow);
  }

  /** Chunks before one that newly arrived were overtaken. */
  #countMisses(highest: number, advanced: boolean): void {
    if (this.#recoverUntil !== null && !advanced) return;
    let lost = false;
    for (const entry of this.#flying) {
      if (!isAfter(highest, entry.tsn)) break;
      if (entry.state !== "flying" || ++entry.misses < missesUntilLost) continue;
      this.#flight -= entry.data.payload.length;
      entry.state = "lost";
      lost = true;
      this.#giveUp(entry);
    }
    if (!lost || this.#recoverUntil !== null) return;
    this.#threshold = Math.max(this.#congestionWindow / 2, minThreshold);
    this.#congestionWindow = this.#threshold;
    this.#partlyAcknowledged = 0;
    this.#recoverUntil = this.lastTsn;
  }

  /** A lossy message of which something was lost is not sent again, and its other pieces are not either. */
  #giveUp(flying: Flying): void {
    const { message } = flying;
    if (!message.lossy || !this.#forwards || message.abandoned) return;
    message.abandoned = true;
    // Its acknowledgements no longer count.
    this.#buffered -= message.data.length - message.acknowledged;
    for (const entry of this.#flying) {
      if (entry.message !== message) continue;
      if (entry.state === "flying") this.#flight -= entry.data.payload.length;
      entry.state = "abandoned";
    }
    if (this.#queue[this.#queueHead] !== message) return;
    this.#shift();
    // Pieces that were never sent: a number for them all, so that FORWARD TSN makes the receiver drop the others.
    const data = { ...flying.data, tsn: this.#next, first: false, last: true, payload: Buffer.alloc(0) };
    this.#flying.push({ ...flying, tsn: this.#next, data, state: "abandoned" });
    this.#next = plus(this.#next, 1);
  }
}
