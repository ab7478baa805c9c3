import { newIdentity, Peer, Refused } from "../contract/kit/peer.ts";
import type { Protector } from "../contract/kit/srtp.ts";
import { WildAssociation } from "./association.ts";
import { extensions, headerExtensions } from "./extensions.ts";
import { feedback, type Received } from "./feedback.ts";
import { announced, memberOffer, type SentSource } from "./memberOffer.ts";
import { type Codec, payload, payloads, rtx } from "./payloads.ts";
import type { Random } from "./random.ts";

/** Where a source is: the sequence number with its roll-overs, and the time stamp. */
interface Position {
  index: number;
  timestamp: number;
}

/**
 * Somebody in the room whose packets bear good keys and go on where they were, so that SRTP lets them in and the parsers
 * behind it see them; who receives others' tracks, and says wild things about those too.
 */
export class Member {
  readonly peer: Peer;
  /** Encrypted packets that were sent lately. */
  readonly sent: Buffer[] = [];
  readonly #random: Random;
  readonly #protector: Protector;
  readonly #sources: SentSource[];
  readonly #positions = new Map<number, Position>();
  readonly #received = new Map<number, Received>();
  readonly #association: WildAssociation;
  #transportReceived = 0;
  #transportSent = 0;
  #records = -1;
  #patience = 0;

  private constructor(random: Random, peer: Peer, sources: SentSource[]) {
    this.#random = random;
    this.peer = peer;
    this.#sources = sources;
    this.#protector = peer.protector;
    this.#association = new WildAssociation(random);
    for (const [, source] of peer.answer.matchAll(/^a=ssrc:(\d+) cname/gm))
      this.#received.set(Number(source), { ssrc: Number(source), sequence: 0 });
    peer.onPacket = (packet) => this.#note(packet);
    peer.onData = (data) => {
      const answer = this.#association.take(data);
      if (answer) peer.sendData(answer);
    };
  }

  /** `null`: the server did not let it in. */
  static async join(random: Random, url: string, ticket: string): Promise<Member | null> {
    let sources: SentSource[] = [];
    const offer = (fingerprint: string) => {
      const made = memberOffer(random, fingerprint);
      sources = made.sources;
      return made.sdp;
    };
    const options = { identity: newIdentity(), direction: "sendonly", tracks: announced, offer } as const;
    const peer = await Peer.meet(url, ticket, options).catch((error: unknown) => {
      if (error instanceof Refused) return null;
      throw error;
    });
    if (peer === null) return null;
    await peer.shakeHands();
    peer.stay();
    return new Member(random, peer, sources);
  }

  /** SSRCs that its offer names. */
  get sources(): number[] {
    return this.#sources.map(({ ssrc }) => ssrc);
  }

  /** RTP of one of its sources, encrypted; now and then of one that nobody announced. */
  media(): Buffer {
    const random = this.#random;
    const source = this.#sources[random.below(this.#sources.length)];
    if (source === undefined) throw new Error("A member without sources.");
    const ssrc = random.chance(0.99) ? source.ssrc : random.below(2 ** 32);
    const position = this.#move(ssrc);
    const codec: Codec = random.chance(0.96) ? source.codec : random.pick(["opus", "red", "vp8", "vp9", "av1", "h264"]);
    const header = Buffer.alloc(12);
    const extended = random.chance(0.9);
    const sources = random.chance(0.97) ? 0 : random.below(16);
    const padding = random.chance(0.05);
    header[0] = 0x80 | (padding ? 0x20 : 0) | (extended ? 0x10 : 0) | sources;
    header[1] = typeOf(random, codec, source.isRepair) | (random.chance(0.3) ? 0x80 : 0);
    header.writeUInt16BE(position.index & 0xffff, 2);
    header.writeUInt32BE(position.timestamp >>> 0, 4);
    header.writeUInt32BE(ssrc, 8);
    const parts = [header, random.bytes(sources * 4)];
    if (extended) parts.push(headerExtensions(random, source, this.#transportSent++));
    if (source.isRepair) parts.push(this.#originalSequence(source));
    if (random.chance(0.95)) parts.push(payload(random, codec));
    // The last byte says how much padding there is (RFC 3550, 5.1).
    if (padding) parts.push(Buffer.from([0, 0, 0, random.pick([4, 4, 4, 0, 1, 255])]));
    return this.#keep(
      this.#protector.protect(Buffer.concat(parts).subarray(0, 1400), Math.floor(position.index / 65_536)),
    );
  }

  /** RTCP about what it sends and receives, encrypted. */
  control(): Buffer {
    const own = this.sources;
    const about = [...this.#received.values()];
    // Of its own streams too: reports about them are nobody's to make.
    if (this.#random.chance(0.1)) about.push(...own.map((ssrc) => ({ ssrc, sequence: this.#at(ssrc) & 0xffff })));
    return this.#keep(this.#protector.protectControl(feedback(this.#random, own, about, this.#transportReceived)));
  }

  /** Any RTCP or RTP under good keys. */
  protect(plain: Buffer): Buffer {
    const isRtcp = (plain[1] ?? 0) >= 192 && (plain[1] ?? 0) <= 223;
    return this.#keep(isRtcp ? this.#protector.protectControl(plain) : this.#protector.protect(plain));
  }

  /** Something by SCTP; `false`: what was said last is not on its way yet, and `openssl` would run them together. */
  speak(): boolean {
    if (this.peer.records === this.#records && ++this.#patience < 50) return false;
    this.#patience = 0;
    this.#records = this.peer.records;
    this.peer.sendData(this.#association.say());
    return true;
  }

  /** Where this source is now; on in steps, with gaps, now and then back or far ahead. */
  #move(ssrc: number): Position {
    const random = this.#random;
    const position = this.#positions.get(ssrc) ?? { index: random.below(30_000), timestamp: random.below(2 ** 32) };
    this.#positions.set(ssrc, position);
    if (this.#positions.size > 200) this.#positions.delete(this.#positions.keys().next().value ?? 0);
    const kind = random.next();
    if (kind < 0.02) return { ...position, index: Math.max(0, position.index - random.below(100)) };
    position.index += kind < 0.9 ? 1 : kind < 0.995 ? 1 + random.below(8) : 1 + random.below(20_000);
    if (random.chance(0.4)) position.timestamp += random.chance(0.99) ? 3000 : random.below(2 ** 32);
    return position;
  }

  #at = (ssrc: number): number => this.#positions.get(ssrc)?.index ?? 0;

  /** Of a packet that was sent lately (RFC 4588), or of none. */
  #originalSequence({ mid, rid }: SentSource): Buffer {
    const media = this.#sources.find((other) => other.mid === mid && other.rid === rid && !other.isRepair);
    const sequence = this.#at(media?.ssrc ?? 0) - this.#random.below(this.#random.chance(0.9) ? 60 : 65_536);
    return Buffer.from([(sequence >> 8) & 0xff, sequence & 0xff]).subarray(0, this.#random.chance(0.98) ? 2 : 1);
  }

  #keep(packet: Buffer): Buffer {
    if (this.sent.push(packet) > 500) this.sent.shift();
    return packet;
  }

  #note(packet: Buffer): void {
    if (packet.length < 12) return;
    const ssrc = packet.readUInt32BE(8);
    if (this.#received.size < 200 || this.#received.has(ssrc))
      this.#received.set(ssrc, { ssrc, sequence: packet.readUInt16BE(2) });
    // One-byte extensions (RFC 8285), as the engine writes them.
    if (((packet[0] ?? 0) & 0x1f) !== 0x10 || packet.length < 16 || packet.readUInt16BE(12) !== 0xbede) return;
    const end = Math.min(packet.length, 16 + 4 * packet.readUInt16BE(14));
    for (let at = 16; at + 2 < end; ) {
      const element = packet[at] ?? 0;
      if (element === 0) {
        at += 1;
        continue;
      }
      if (element >> 4 === extensions.transportWide) this.#transportReceived = packet.readUInt16BE(at + 1);
      at += 2 + (element & 15);
    }
  }
}

function typeOf(random: Random, codec: Codec, isRepair: boolean): number {
  if (!isRepair || codec === "opus" || codec === "red" || random.chance(0.03)) return payloads[codec];
  return rtx[codec];
}
