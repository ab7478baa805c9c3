import { type Agreed, Handshake, takesForwardTsn } from "./handshake.ts";
import { Inbound, type InboundLimits, type Message } from "./inbound.ts";
import { Outbound, type Outgoing } from "./outbound.ts";
import { StreamResets } from "./resets.ts";
import {
  type Chunk,
  chunkTypes,
  maxPacket,
  readData,
  readPacket,
  readSack,
  writeChunk,
  writePacket,
  writeSack,
} from "./wire.ts";

export interface AssociationEvents {
  /** A packet for the peer. */
  transmit(packet: Buffer): void;
  /** The association stands, for the first time or anew: nothing of an earlier one is left. */
  opened(): void;
  message(message: Message): void;
  /** The peer begins these streams anew: what was on them is closed. */
  reset(streams: readonly number[]): void;
  /** It is over: by the peer's will, its silence or its faults. `error`: by one of ours. */
  closed(why: string, error?: unknown): void;
}

export interface AssociationLimits extends InboundLimits {
  /** Highest stream number, and one. */
  streams: number;
}

/** One in two packets is answered at once, the other after this. */
const sackDelayMs = 100;

interface Established extends Agreed {
  inbound: Inbound;
  outbound: Outbound;
  resets: StreamResets;
}

/**
 * One SCTP association over DTLS (RFC 9260, 8261), the side that waits: WebRTC's clients all begin by themselves. Nothing a peer
 * sends throws, costs more than its own share, or has a timer run while nobody speaks: ICE watches over the way.
 */
export class Association {
  readonly #events: AssociationEvents;
  readonly #limits: AssociationLimits;
  readonly #handshake: Handshake;
  #up: Established | null = null;
  #timer: NodeJS.Timeout | null = null;
  #timerAt = 0;
  #sackAt: number | null = null;
  #unanswered = 0;
  #flushing = false;
  #stopped = false;

  constructor(events: AssociationEvents, limits: AssociationLimits) {
    this.#events = events;
    this.#limits = limits;
    this.#handshake = new Handshake(limits);
  }

  get isUp(): boolean {
    return this.#up !== null;
  }

  /** Bytes and messages on their way to the peer, as memory. */
  get buffered(): number {
    return this.#up?.outbound.buffered ?? 0;
  }

  /** Some datagrams, in the order they came. */
  receive(datagrams: readonly Buffer[]): void {
    this.#guard(() => {
      for (const datagram of datagrams) if (!this.#stopped) this.#read(datagram);
      this.#answer();
      this.#flush();
    });
  }

  /** Queues a message. What is too much is for the caller to judge by `buffered`. */
  send(message: Outgoing): void {
    if (this.#up === null) return;
    this.#up.outbound.queue(message);
    if (this.#flushing) return;
    // All that is sent in this turn shares packets.
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#guard(() => this.#flush());
    });
  }

  /** So many bytes of messages have not been dealt with yet: the peer is slowed down. */
  hold(bytes: number): void {
    const { inbound } = this.#up ?? {};
    if (inbound === undefined) return;
    const before = inbound.window;
    inbound.hold(bytes);
    // Said at once where the peer waits for it.
    if (before < this.#limits.window / 4 && inbound.window >= this.#limits.window / 4) {
      this.#transmit([writeSack(inbound.sack())]);
    }
  }

  /** Closes streams in our direction; theirs they close in return. Too many at once are not told. */
  reset(streams: readonly number[]): void {
    this.#up?.resets.ask(streams);
    this.#flush();
  }

  /** Ends without events; says so to the peer. */
  stop(): void {
    if (this.#up !== null && !this.#stopped) this.#transmit([writeChunk(chunkTypes.abort, 0, Buffer.alloc(0))]);
    this.#end();
  }

  /** The last wall: what goes wrong ends this association, and nothing else. */
  #guard(act: () => void): void {
    if (this.#stopped) return;
    try {
      act();
    } catch (error) {
      this.#end();
      this.#events.closed("failed", error);
    }
  }

  #close(why: string, tell: boolean): void {
    if (this.#stopped) return;
    if (tell && this.#up !== null) this.#transmit([writeChunk(chunkTypes.abort, 0, Buffer.alloc(0))]);
    this.#end();
    this.#events.closed(why);
  }

  #end(): void {
    this.#stopped = true;
    this.#up = null;
    this.#handshake.forget();
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #read(datagram: Buffer): void {
    const packet = readPacket(datagram);
    const [first] = packet?.chunks ?? [];
    if (packet === null || first === undefined) return;
    if (first.type === chunkTypes.init) {
      const answer = packet.tag === 0 && packet.chunks.length === 1 ? this.#handshake.promise(first.body) : null;
      if (answer !== null) this.#events.transmit(answer);
      return;
    }
    const chunks = [...packet.chunks];
    if (first.type === chunkTypes.cookieEcho) {
      if (!this.#establish(packet.tag, first)) return;
      chunks.shift();
    }
    const up = this.#up;
    if (up === null) return;
    if (packet.tag !== up.tag) {
      // An ABORT may carry the receiver's own tag (RFC 9260, 8.5.1).
      if (first.type === chunkTypes.abort && first.flags & 1 && packet.tag === up.init.tag)
        this.#close("aborted", false);
      return;
    }
    let hasData = false;
    for (const chunk of chunks) {
      if (this.#up !== up) return;
      if (chunk.type === chunkTypes.data) hasData = true;
      if (!this.#take(up, chunk)) return;
    }
    if (hasData) this.#unanswered += 1;
  }

  #establish(tag: number, chunk: Chunk): boolean {
    const acknowledge = writeChunk(chunkTypes.cookieAck, 0, Buffer.alloc(0));
    const up = this.#up;
    if (up !== null && tag === up.tag && chunk.body.equals(up.cookie)) {
      this.#transmit([acknowledge]);
      return true;
    }
    const agreed = this.#handshake.redeem(tag, chunk.body);
    if (agreed === null) return false;
    const { init, tsn } = agreed;
    const outbound = new Outbound(tsn, init.window, takesForwardTsn(init));
    this.#unanswered = 0;
    this.#up = {
      ...agreed,
      inbound: new Inbound(init.tsn, this.#limits),
      outbound,
      resets: new StreamResets(tsn, init.tsn, outbound),
    };
    this.#transmit([acknowledge]);
    this.#events.opened();
    return true;
  }

  /** `false`: the packet's other chunks are not looked at. */
  #take(up: Established, chunk: Chunk): boolean {
    switch (chunk.type) {
      case chunkTypes.data:
        return this.#takeData(up, chunk);
      case chunkTypes.sack: {
        const sack = readSack(chunk.body);
        if (sack === null) return false;
        up.outbound.acknowledge(sack, now());
        this.#forward(up);
        return true;
      }
      case chunkTypes.forwardTsn:
        if (chunk.body.length < 4) return false;
        this.#sackAt = now();
        if (!up.inbound.skip(chunk.body.readUInt32BE(0), this.#events.message)) this.#close("message too long", true);
        return !this.#stopped;
      case chunkTypes.heartbeat:
        this.#transmit([writeChunk(chunkTypes.heartbeatAck, 0, chunk.body)]);
        return true;
      case chunkTypes.reconfig: {
        const { answers, streams } = up.resets.take(chunk.body, up.inbound.cumulative);
        if (answers.length > 0) this.#transmit(answers);
        if (streams.length > 0) this.#events.reset(streams);
        return !this.#stopped;
      }
      case chunkTypes.abort:
        this.#close("aborted", false);
        return false;
      case chunkTypes.shutdown:
        this.#transmit([writeChunk(chunkTypes.shutdownAck, 0, Buffer.alloc(0))]);
        this.#close("shut down", false);
        return false;
      default:
        // Of chunks that nobody knows, the highest bits say whether to go on (RFC 9260, 3.2).
        return (chunk.type & 0x80) !== 0 || chunk.type < 16;
    }
  }

  #takeData(up: Established, chunk: Chunk): boolean {
    const data = readData(chunk);
    if (data === null) {
      this.#close("data without data", true);
      return false;
    }
    if (data.stream >= this.#limits.streams) return true;
    if (!up.inbound.take(data, this.#events.message)) this.#close("message too long", true);
    return !this.#stopped;
  }

  /** Acknowledges: at once every second packet and where something is missing, otherwise a little later. */
  #answer(): void {
    const up = this.#up;
    if (up === null) return;
    if (this.#unanswered === 0 && this.#sackAt === null) return;
    if (this.#unanswered < 2 && !up.inbound.hasGaps) {
      this.#sackAt ??= now() + sackDelayMs;
      if (this.#sackAt > now()) return;
    }
    this.#unanswered = 0;
    this.#sackAt = null;
    this.#transmit([writeSack(up.inbound.sack())]);
  }

  #forward(up: Established): void {
    const forward = up.outbound.forward();
    if (forward !== null) this.#transmit([forward]);
  }

  #flush(): void {
    const up = this.#up;
    if (up === null) return;
    let packet: Buffer[] = [];
    let room = maxPacket - 12;
    for (const chunk of up.outbound.chunks(now())) {
      if (chunk.length > room) {
        this.#transmit(packet);
        packet = [];
        room = maxPacket - 12;
      }
      packet.push(chunk);
      room -= chunk.length;
    }
    if (packet.length > 0) this.#transmit(packet);
    const request = up.resets.due(now(), up.outbound.rto);
    if (request === "given up") {
      this.#close("no answer to a reset", true);
      return;
    }
    if (request !== null) this.#transmit([request]);
    this.#schedule();
  }

  /** One timer, and only while something is to be waited for. */
  #schedule(): void {
    const { outbound, resets } = this.#up ?? {};
    const times = [outbound?.deadline, resets?.deadline, this.#sackAt].filter((at) => typeof at === "number");
    if (times.length === 0) {
      if (this.#timer) clearTimeout(this.#timer);
      this.#timer = null;
      return;
    }
    const at = Math.min(...times);
    // One that rings too early looks again; that is cheaper than a new one for each packet.
    if (this.#timer !== null && this.#timerAt <= at) return;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timerAt = at;
    this.#timer = setTimeout(() => this.#guard(() => this.#ring()), Math.max(1, at - now()));
    this.#timer.unref();
  }

  #ring(): void {
    this.#timer = null;
    const up = this.#up;
    if (up === null) return;
    const { deadline } = up.outbound;
    if (deadline !== null && deadline <= now()) {
      if (!up.outbound.timeout(now())) {
        this.#close("silent", true);
        return;
      }
      this.#forward(up);
    }
    this.#answer();
    this.#flush();
  }

  #transmit(chunks: readonly Buffer[]): void {
    if (this.#up !== null) this.#events.transmit(writePacket(this.#up.init.tag, chunks));
  }
}

const now = (): number => Math.round(performance.now());
