import { createHash, createHmac, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";

/** As much of STUN (RFC 8489) and TURN (RFC 8656) as the tests speak themselves, where no client would do what they try. */
export const methods = { binding: 0x001, allocate: 0x003, createPermission: 0x008 } as const;
export const attributes = {
  username: 0x0006,
  integrity: 0x0008,
  errorCode: 0x0009,
  peerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  relayedAddress: 0x0016,
  transport: 0x0019,
  priority: 0x0024,
  useCandidate: 0x0025,
  fingerprint: 0x8028,
  controlling: 0x802a,
} as const;

export type Attribute = [type: number, value: Buffer];

export interface StunMessage {
  method: number;
  kind: "request" | "success" | "error";
  transaction: Buffer;
  attributes: Map<number, Buffer>;
}

const cookie = Buffer.from("2112a442", "hex");
const kinds = { request: 0x000, success: 0x100, error: 0x110 } as const;

/** A request; with a key it carries MESSAGE-INTEGRITY, and always a FINGERPRINT. */
export function stunRequest(method: number, given: readonly Attribute[], key: Buffer | null): Buffer {
  const body = given.map(([type, value]) => attribute(type, value));
  const head = (length: number) => {
    const header = Buffer.alloc(4);
    header.writeUInt16BE(method, 0);
    header.writeUInt16BE(length, 2);
    return Buffer.concat([header, cookie, transaction]);
  };
  const transaction = randomBytes(12);
  let message = Buffer.concat([head(0), ...body]);
  if (key) {
    // Both sums are over a header that already counts them (RFC 8489, 14.5 and 14.7).
    const signed = Buffer.concat([head(message.length - 20 + 24), ...body]);
    const mac = createHmac("sha1", key).update(signed).digest();
    message = Buffer.concat([signed, attribute(attributes.integrity, mac)]);
  }
  const summed = Buffer.concat([head(message.length - 20 + 8), message.subarray(20)]);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE((crc32(summed) ^ 0x5354554e) >>> 0);
  return Buffer.concat([summed, attribute(attributes.fingerprint, sum)]);
}

/** `null`: no STUN. */
export function readStun(data: Buffer): StunMessage | null {
  if (data.length < 20 || (data[0] ?? 0) > 3 || !data.subarray(4, 8).equals(cookie)) return null;
  const type = data.readUInt16BE(0);
  const found = new Map<number, Buffer>();
  for (let at = 20; at + 4 <= data.length; ) {
    const length = data.readUInt16BE(at + 2);
    found.set(data.readUInt16BE(at), data.subarray(at + 4, at + 4 + length));
    at += 4 + Math.ceil(length / 4) * 4;
  }
  const kind = type & 0x110;
  return {
    method: type & 0xf,
    kind: kind === kinds.success ? "success" : kind === kinds.error ? "error" : "request",
    transaction: data.subarray(8, 20),
    attributes: found,
  };
}

/** 401, 403...; `null`: it is no refusal. */
export function errorOf(message: StunMessage): number | null {
  const value = message.attributes.get(attributes.errorCode);
  return value ? (value[2] ?? 0) * 100 + (value[3] ?? 0) : null;
}

/** XOR-MAPPED form of an IPv4 address (RFC 8489, 14.2). */
export function xorAddress(address: string, port: number): Buffer {
  const value = Buffer.alloc(8);
  value[1] = 1;
  value.writeUInt16BE(port ^ 0x2112, 2);
  address.split(".").forEach((part, index) => {
    value[4 + index] = Number(part) ^ (cookie[index] ?? 0);
  });
  return value;
}

/** Key of long-term credentials (RFC 8489, 9.2.2). */
export const longTermKey = (username: string, realm: string, password: string): Buffer =>
  createHash("md5").update(`${username}:${realm}:${password}`).digest();

function attribute(type: number, value: Buffer): Buffer {
  const padded = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  padded.writeUInt16BE(type, 0);
  padded.writeUInt16BE(value.length, 2);
  value.copy(padded, 4);
  return padded;
}
