import { checksumOf } from "./crc32c.ts";

/** SCTP on the wire (RFC 9260, 3758, 6525): packets read strictly, chunks written. Nothing here keeps state. */

/** Where WebRTC's data channels are, at both ends (RFC 8841: a=sctp-port). */
export const sctpPort = 5000;
/** What libwebrtc's own stack takes: DTLS, UDP, IPv6 and TURN around it still fit into 1,280 bytes. */
export const maxPacket = 1188;
const headerLength = 12;
/** User data of one DATA chunk. */
export const maxFragment = maxPacket - headerLength - 16;

export const chunkTypes = {
  data: 0,
  init: 1,
  initAck: 2,
  sack: 3,
  heartbeat: 4,
  heartbeatAck: 5,
  abort: 6,
  shutdown: 7,
  shutdownAck: 8,
  error: 9,
  cookieEcho: 10,
  cookieAck: 11,
  shutdownComplete: 14,
  reconfig: 130,
  forwardTsn: 192,
} as const;

export interface Chunk {
  type: number;
  flags: number;
  /** Without header and padding; a view of the packet. */
  body: Buffer;
}

export interface Packet {
  tag: number;
  chunks: Chunk[];
}

/** More than any stack bundles into one packet. */
const maxChunks = 64;

/** `null`: no SCTP packet for our port, or one that was damaged. */
export function readPacket(packet: Buffer): Packet | null {
  if (packet.length < headerLength + 4 || packet.length % 4 !== 0) return null;
  if (packet.readUInt16BE(0) !== sctpPort || packet.readUInt16BE(2) !== sctpPort) return null;
  if (packet.readUInt32LE(8) !== checksumOf(packet)) return null;
  const chunks: Chunk[] = [];
  for (let at = headerLength; at < packet.length; ) {
    const length = packet.readUInt16BE(at + 2);
    if (length < 4 || at + length > packet.length || chunks.length === maxChunks) return null;
    chunks.push({
      type: packet.readUInt8(at),
      flags: packet.readUInt8(at + 1),
      body: packet.subarray(at + 4, at + length),
    });
    at += padded(length);
  }
  return { tag: packet.readUInt32BE(4), chunks };
}

/** A packet of chunks that `chunk` and its like have written; they must fit. */
export function writePacket(tag: number, chunks: readonly Buffer[]): Buffer {
  const packet = Buffer.concat([Buffer.alloc(headerLength), ...chunks]);
  packet.writeUInt16BE(sctpPort, 0);
  packet.writeUInt16BE(sctpPort, 2);
  packet.writeUInt32BE(tag, 4);
  packet.writeUInt32LE(checksumOf(packet), 8);
  return packet;
}

export function writeChunk(type: number, flags: number, body: Buffer): Buffer {
  const chunk = Buffer.alloc(padded(4 + body.length));
  chunk.writeUInt8(type, 0);
  chunk.writeUInt8(flags, 1);
  chunk.writeUInt16BE(4 + body.length, 2);
  body.copy(chunk, 4);
  return chunk;
}

const padded = (length: number): number => (length + 3) & ~3;

export interface Parameter {
  type: number;
  value: Buffer;
}

/** `null`: they are not well-formed. */
export function readParameters(body: Buffer): Parameter[] | null {
  const parameters: Parameter[] = [];
  for (let at = 0; at < body.length; ) {
    if (at + 4 > body.length) return null;
    const length = body.readUInt16BE(at + 2);
    if (length < 4 || at + length > body.length) return null;
    parameters.push({ type: body.readUInt16BE(at), value: body.subarray(at + 4, at + length) });
    at += padded(length);
  }
  return parameters;
}

export function writeParameter(type: number, value: Buffer): Buffer {
  const parameter = Buffer.alloc(padded(4 + value.length));
  parameter.writeUInt16BE(type, 0);
  parameter.writeUInt16BE(4 + value.length, 2);
  value.copy(parameter, 4);
  return parameter;
}

/** INIT and INIT ACK. */
export interface Init {
  tag: number;
  /** Bytes the sender is ready to take in. */
  window: number;
  outboundStreams: number;
  inboundStreams: number;
  tsn: number;
  parameters: Parameter[];
}

export function readInit(body: Buffer): Init | null {
  if (body.length < 16) return null;
  const parameters = readParameters(body.subarray(16));
  const init = {
    tag: body.readUInt32BE(0),
    window: body.readUInt32BE(4),
    outboundStreams: body.readUInt16BE(8),
    inboundStreams: body.readUInt16BE(10),
    tsn: body.readUInt32BE(12),
  };
  if (parameters === null || init.tag === 0 || init.outboundStreams === 0 || init.inboundStreams === 0) return null;
  return { ...init, parameters };
}

export function writeInit(type: 1 | 2, init: Init): Buffer {
  const fixed = Buffer.alloc(16);
  fixed.writeUInt32BE(init.tag, 0);
  fixed.writeUInt32BE(init.window, 4);
  fixed.writeUInt16BE(init.outboundStreams, 8);
  fixed.writeUInt16BE(init.inboundStreams, 10);
  fixed.writeUInt32BE(init.tsn, 12);
  const parameters = init.parameters.map(({ type: kind, value }) => writeParameter(kind, value));
  return writeChunk(type, 0, Buffer.concat([fixed, ...parameters]));
}

/** A DATA chunk: a message or a piece of one. */
export interface Data {
  tsn: number;
  stream: number;
  sequence: number;
  protocol: number;
  unordered: boolean;
  first: boolean;
  last: boolean;
  payload: Buffer;
}

export function readData({ flags, body }: Chunk): Data | null {
  if (body.length <= 12) return null;
  return {
    tsn: body.readUInt32BE(0),
    stream: body.readUInt16BE(4),
    sequence: body.readUInt16BE(6),
    protocol: body.readUInt32BE(8),
    unordered: (flags & 4) !== 0,
    first: (flags & 2) !== 0,
    last: (flags & 1) !== 0,
    payload: body.subarray(12),
  };
}

export function writeData(data: Data): Buffer {
  const length = 16 + data.payload.length;
  const chunk = Buffer.alloc(padded(length));
  chunk.writeUInt8(chunkTypes.data, 0);
  chunk.writeUInt8((data.unordered ? 4 : 0) | (data.first ? 2 : 0) | (data.last ? 1 : 0), 1);
  chunk.writeUInt16BE(length, 2);
  chunk.writeUInt32BE(data.tsn, 4);
  chunk.writeUInt16BE(data.stream, 8);
  chunk.writeUInt16BE(data.sequence, 10);
  chunk.writeUInt32BE(data.protocol, 12);
  data.payload.copy(chunk, 16);
  return chunk;
}

/** What has arrived: everything up to `cumulative`, and beyond it the blocks of `gaps` (offsets, both ends included). */
export interface Sack {
  cumulative: number;
  window: number;
  gaps: { start: number; end: number }[];
}

export function readSack(body: Buffer): Sack | null {
  if (body.length < 12) return null;
  const count = body.readUInt16BE(8);
  if (body.length < 12 + 4 * (count + body.readUInt16BE(10))) return null;
  const gaps: Sack["gaps"] = [];
  for (let index = 0, last = 1; index < count; index++) {
    const start = body.readUInt16BE(12 + 4 * index);
    const end = body.readUInt16BE(14 + 4 * index);
    if (start <= last || end < start) return null;
    gaps.push({ start, end });
    last = end;
  }
  return { cumulative: body.readUInt32BE(0), window: body.readUInt32BE(4), gaps };
}

export function writeSack({ cumulative, window, gaps }: Sack): Buffer {
  const body = Buffer.alloc(12 + 4 * gaps.length);
  body.writeUInt32BE(cumulative, 0);
  body.writeUInt32BE(window, 4);
  body.writeUInt16BE(gaps.length, 8);
  for (const [index, { start, end }] of gaps.entries()) {
    body.writeUInt16BE(start, 12 + 4 * index);
    body.writeUInt16BE(end, 14 + 4 * index);
  }
  return writeChunk(chunkTypes.sack, 0, body);
}
