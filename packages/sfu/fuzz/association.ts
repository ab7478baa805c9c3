import {
  chunkTypes,
  type Init,
  readInit,
  readPacket,
  writeChunk,
  writeData,
  writeInit,
  writePacket,
  writeParameter,
  writeSack,
} from "../src/data/sctp/wire.ts";
import { sctp } from "./datagrams.ts";
import type { Random } from "./random.ts";

/** A member's end of SCTP: shakes hands as it should, and then says what no stack would, under the right tag. */
export class WildAssociation {
  readonly #random: Random;
  readonly #tag: number;
  #theirs: Init | null = null;
  #tsn = 1000;
  /** Their highest number, as far as was heard. */
  #heard = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#tag = 1 + random.below(2 ** 31);
  }

  get isUp(): boolean {
    return this.#theirs !== null;
  }

  /** What the server sent; several packets may be run together. The answer to it, if there is one. */
  take(data: Buffer): Buffer | null {
    if (data.length < 16 || data.readUInt16BE(0) !== 5000) return null;
    const packet = readPacket(data);
    for (const { type, body } of packet?.chunks ?? []) {
      if (type === chunkTypes.data && body.length >= 4) this.#heard = body.readUInt32BE(0);
      if (type !== chunkTypes.initAck) continue;
      const theirs = readInit(body);
      const cookie = theirs?.parameters.find((parameter) => parameter.type === 7);
      if (!theirs || !cookie) continue;
      this.#theirs = theirs;
      this.#heard = theirs.tsn - 1;
      this.#tsn = 1000;
      return writePacket(theirs.tag, [writeChunk(chunkTypes.cookieEcho, 0, cookie.value)]);
    }
    return null;
  }

  /** The next thing to say. */
  say(): Buffer {
    const random = this.#random;
    if (this.#theirs === null) return random.chance(0.8) ? this.#init() : sctp(random);
    const kind = random.next();
    if (kind < 0.02) return sctp(random);
    if (kind < 0.04) return this.#init();
    const chunks = Array.from({ length: random.chance(0.8) ? 1 : 1 + random.below(10) }, () => this.#chunk());
    const whole = Buffer.concat(chunks).subarray(0, 1172);
    const said = random.chance(0.15) ? random.mutated(whole).subarray(0, 1172) : whole;
    // All but the odd ones have a length that parsers go on with.
    return writePacket(this.#theirs.tag, [random.chance(0.98) ? padded(said) : said]);
  }

  #init(): Buffer {
    const random = this.#random;
    const number = () => random.pick([0, 1, 0xffff, 1024]);
    const init = {
      tag: this.#tag,
      window: random.pick([0, 1, 1024 * 1024, 0xffffffff]),
      outboundStreams: random.chance(0.9) ? 0xffff : number(),
      inboundStreams: random.chance(0.9) ? 0xffff : number(),
      tsn: random.chance(0.9) ? 1000 : random.below(2 ** 32),
      parameters: random.chance(0.8)
        ? [{ type: 0xc000, value: Buffer.alloc(0) }]
        : Array.from({ length: random.below(60) }, () => ({
            type: random.below(65_536),
            value: random.bytes(random.below(12)),
          })),
    };
    return writePacket(0, [writeInit(chunkTypes.init, init)]);
  }

  #chunk(): Buffer {
    const random = this.#random;
    const kind = random.next();
    if (kind < 0.1) return this.#data(opening(random), { protocol: 50 });
    if (kind < 0.45) return this.#data(random.bytes(random.pick([1, 20, 300, 1100])), {});
    if (kind < 0.6) {
      const gaps = Array.from({ length: random.pick([0, 1, 3, 250]) }, (_, n) => ({
        start: 2 + 2 * n,
        end: 2 + 2 * n,
      }));
      const wild = random.pick([this.#heard, this.#heard + 1, this.#heard + 2 ** 31, 0, 0xffffffff]);
      const window = random.pick([0, 1, 1500, 0xffffffff]);
      return writeSack({ cumulative: (random.chance(0.7) ? this.#heard : wild) >>> 0, window, gaps });
    }
    if (kind < 0.7) {
      const to = Buffer.alloc(4 + 4 * random.below(20));
      to.writeUInt32BE((random.chance(0.6) ? this.#tsn + random.below(50) : random.below(2 ** 32)) >>> 0, 0);
      return writeChunk(chunkTypes.forwardTsn, 0, to);
    }
    if (kind < 0.8) return writeChunk(chunkTypes.reconfig, 0, this.#reset());
    if (kind < 0.85) return writeChunk(chunkTypes.heartbeat, 0, random.bytes(random.below(1000)));
    if (kind < 0.855)
      return writeChunk(random.pick([chunkTypes.abort, chunkTypes.shutdown]), random.below(2), Buffer.alloc(4));
    return writeChunk(
      random.pick([2, 5, 8, 9, 11, 14, 15, 64, 128, 193, 255]),
      random.below(256),
      random.bytes(random.below(60)),
    );
  }

  #data(payload: Buffer, { protocol = 53 }: { protocol?: number }): Buffer {
    const random = this.#random;
    const [first, last] = [random.chance(0.8), random.chance(0.8)];
    const tsn = random.chance(0.85) ? this.#tsn++ : this.#tsn + random.pick([-1, 1, 5, 600, 2 ** 31, 2 ** 32 - 1]);
    return writeData({
      tsn: tsn >>> 0,
      stream: random.chance(0.9) ? random.below(6) : random.below(65_536),
      sequence: random.below(random.chance(0.8) ? 4 : 65_536),
      protocol: random.chance(0.9) ? protocol : random.pick([0, 51, 52, 54, 56, 57, 0xffffffff]),
      unordered: random.chance(0.3),
      first,
      last,
      payload,
    });
  }

  #reset(): Buffer {
    const random = this.#random;
    const parameters = Array.from({ length: 1 + random.below(3) }, () => {
      const value = Buffer.alloc(12 + 2 * random.pick([0, 1, 5, 500]));
      random.bytes(value.length).copy(value);
      value.writeUInt32BE((random.chance(0.7) ? 1000 + random.below(5) : random.below(2 ** 32)) >>> 0, 0);
      return writeParameter(random.pick([13, 13, 13, 14, 15, 16, 17, 18, 9999]), value);
    });
    return Buffer.concat(parameters).subarray(0, 1160);
  }
}

/** DATA_CHANNEL_OPEN (RFC 8832), with lengths that need not fit. */
function opening(random: Random): Buffer {
  const label = Buffer.from(random.pick(["_reliable", "_lossy", "_data_track", random.text().slice(0, 200)]));
  const body = Buffer.alloc(12);
  body[0] = random.pick([3, 3, 3, 2, 0, 255]);
  body[1] = random.pick([0, 0, 1, 2, 0x80, 0x81, 0x82, 0x83]);
  body.writeUInt32BE(random.pick([0, 1, 0xffffffff]), 4);
  body.writeUInt16BE(random.chance(0.8) ? label.length : random.below(65_536), 8);
  body.writeUInt16BE(random.chance(0.8) ? 0 : random.below(65_536), 10);
  return Buffer.concat([body, label]);
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
