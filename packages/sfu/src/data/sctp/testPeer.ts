import assert from "node:assert/strict";
import {
  type Chunk,
  chunkTypes,
  type Data,
  type Init,
  readInit,
  readPacket,
  writeChunk,
  writeData,
  writeInit,
  writePacket,
} from "./wire.ts";

/** For tests: the other end of an association, made by hand, so that it can do what no stack would. */
export class TestPeer {
  readonly tag: number;
  readonly #send: (packet: Buffer) => void;
  /** All that came, chunk by chunk. */
  readonly heard: Chunk[] = [];
  /** Theirs, from INIT ACK. */
  theirs: Init | null = null;
  tsn: number;
  readonly firstTsn: number;

  constructor(send: (packet: Buffer) => void, tag = 77, tsn = 1000) {
    this.#send = send;
    this.tag = tag;
    this.firstTsn = tsn;
    this.tsn = tsn;
  }

  take(packet: Buffer): void {
    const read = readPacket(packet);
    assert.ok(read, "What is sent can be read.");
    assert.equal(read.tag, this.tag);
    for (const chunk of read.chunks) {
      this.heard.push(chunk);
      if (chunk.type === chunkTypes.initAck) {
        this.theirs = readInit(chunk.body);
        const cookie = this.theirs?.parameters.find(({ type }) => type === 7);
        if (cookie) this.send(writeChunk(chunkTypes.cookieEcho, 0, cookie.value));
      }
    }
  }

  /** Those of one type, taken out of what was heard. */
  got(type: number): Chunk[] {
    const found = this.heard.filter((chunk) => chunk.type === type);
    for (const chunk of found) this.heard.splice(this.heard.indexOf(chunk), 1);
    return found;
  }

  init(tag = this.tag): void {
    const init = {
      tag,
      window: 1024 * 1024,
      outboundStreams: 65_535,
      inboundStreams: 65_535,
      tsn: this.firstTsn,
      parameters: [{ type: 0xc000, value: Buffer.alloc(0) }],
    };
    this.#send(writePacket(0, [writeInit(chunkTypes.init, init)]));
  }

  send(...chunks: Buffer[]): void {
    this.#send(writePacket(this.theirs?.tag ?? 0, chunks));
  }

  /** A chunk with the next number. */
  data(payload: Buffer | string, more: Partial<Data> = {}): Buffer {
    const data = {
      tsn: this.tsn++,
      stream: 0,
      sequence: 0,
      protocol: 53,
      unordered: false,
      first: true,
      last: true,
      payload: Buffer.from(payload),
      ...more,
    };
    return writeData(data);
  }

  /** DATA_CHANNEL_OPEN (RFC 8832). */
  open(stream: number, label: string): void {
    const body = Buffer.alloc(12);
    body.writeUInt8(3, 0);
    body.writeUInt16BE(Buffer.byteLength(label), 8);
    this.send(this.data(Buffer.concat([body, Buffer.from(label)]), { stream, protocol: 50 }));
  }
}
