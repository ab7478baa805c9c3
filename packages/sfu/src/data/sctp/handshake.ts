import { randomBytes } from "node:crypto";
import { chunkTypes, type Init, readInit, writeInit, writePacket } from "./wire.ts";

const parameterTypes = { cookie: 7, supportedExtensions: 0x8008, forwardTsn: 0xc000 };

/** What a peer asked for in INIT and was promised in INIT ACK. Tag and TSN are ours; the peer's are in `init`. */
export interface Agreed {
  cookie: Buffer;
  init: Init;
  tag: number;
  tsn: number;
}

/**
 * The beginning of an association (RFC 9260, 5.1), the side that waits. The cookie is kept here and compared: DTLS has shown
 * already who asks, so that nothing need be proved by it.
 */
export class Handshake {
  readonly #limits: { window: number; streams: number };
  #promised: Agreed | null = null;

  constructor(limits: { window: number; streams: number }) {
    this.#limits = limits;
  }

  /** The packet that answers this INIT; `null`: it is none. Again and again costs a little, and the last one counts. */
  promise(body: Buffer): Buffer | null {
    const init = readInit(body);
    if (init === null) return null;
    const known = this.#promised;
    // The same INIT once more: its answer was lost.
    const again = known !== null && known.init.tag === init.tag && known.init.tsn === init.tsn;
    const promised = again ? known : { cookie: randomBytes(16), init, tag: randomSerial(), tsn: randomSerial() };
    this.#promised = promised;
    const answer = writeInit(chunkTypes.initAck, {
      tag: promised.tag,
      window: this.#limits.window,
      outboundStreams: this.#limits.streams,
      inboundStreams: this.#limits.streams,
      tsn: promised.tsn,
      parameters: [
        { type: parameterTypes.cookie, value: promised.cookie },
        { type: parameterTypes.forwardTsn, value: Buffer.alloc(0) },
        {
          type: parameterTypes.supportedExtensions,
          value: Buffer.from([chunkTypes.reconfig, chunkTypes.forwardTsn]),
        },
      ],
    });
    return writePacket(init.tag, [answer]);
  }

  /** COOKIE ECHO, under our `tag`. `null`: that was not promised, or is used up. */
  redeem(tag: number, cookie: Buffer): Agreed | null {
    const promised = this.#promised;
    if (promised === null || tag !== promised.tag || !cookie.equals(promised.cookie)) return null;
    this.#promised = null;
    return promised;
  }

  forget(): void {
    this.#promised = null;
  }
}

/** Whether the peer understands that something is given up (RFC 3758). */
export const takesForwardTsn = ({ parameters }: Init): boolean =>
  parameters.some(({ type }) => type === parameterTypes.forwardTsn) ||
  parameters.some(
    ({ type, value }) => type === parameterTypes.supportedExtensions && value.includes(chunkTypes.forwardTsn),
  );

/** Not 0: as a tag that would mean none. */
const randomSerial = (): number => randomBytes(4).readUInt32BE(0) || 1;
