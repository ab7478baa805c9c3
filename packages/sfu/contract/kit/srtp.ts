import { createCipheriv } from "node:crypto";

/** Encrypts RTP by AEAD_AES_128_GCM (RFC 7714), for tests that send what no client sends. */
export interface Protector {
  /** `rollOver`: how often the sequence numbers of this SSRC have begun anew. */
  protect(packet: Buffer, rollOver?: number): Buffer;
  /** RTCP; its index counts by itself. */
  protectControl(packet: Buffer): Buffer;
}

/** @param key 16 bytes @param salt 12 bytes: of the sending side, from the DTLS exporter (RFC 5764) */
export function protector(key: Buffer, salt: Buffer): Protector {
  const sessionKey = derive(key, salt, 0x00, 16);
  const sessionSalt = derive(key, salt, 0x02, 12);
  const controlKey = derive(key, salt, 0x03, 16);
  const controlSalt = derive(key, salt, 0x05, 12);
  let index = 0;
  return {
    protectControl(packet) {
      const header = packet.subarray(0, 8);
      const trailer = Buffer.alloc(4);
      trailer.writeUInt32BE((0x80000000 | ++index) >>> 0);
      const iv = Buffer.alloc(12);
      header.copy(iv, 2, 4, 8);
      iv.writeUInt32BE(index, 8);
      for (let at = 0; at < 12; at++) iv[at] = (iv[at] ?? 0) ^ (controlSalt[at] ?? 0);
      const cipher = createCipheriv("aes-128-gcm", controlKey, iv).setAAD(Buffer.concat([header, trailer]));
      return Buffer.concat([header, cipher.update(packet.subarray(8)), cipher.final(), cipher.getAuthTag(), trailer]);
    },
    protect(packet, rollOver = 0) {
      const header = packet.subarray(0, headerLength(packet));
      const iv = Buffer.alloc(12);
      header.copy(iv, 2, 8, 12);
      iv.writeUInt32BE(rollOver, 6);
      header.copy(iv, 10, 2, 4);
      for (let at = 0; at < 12; at++) iv[at] = (iv[at] ?? 0) ^ (sessionSalt[at] ?? 0);
      const cipher = createCipheriv("aes-128-gcm", sessionKey, iv).setAAD(header);
      return Buffer.concat([
        header,
        cipher.update(packet.subarray(header.length)),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
    },
  };
}

/** What is authenticated and not encrypted: the fixed part, sources, extension (RFC 7714, 8.1), as far as there is any. */
export function headerLength(packet: Buffer): number {
  const fixed = 12 + ((packet[0] ?? 0) & 0x0f) * 4;
  const extended = ((packet[0] ?? 0) & 0x10) > 0 && packet.length >= fixed + 4;
  return Math.min(packet.length, extended ? fixed + 4 + packet.readUInt16BE(fixed + 2) * 4 : fixed);
}

/** Key derivation (RFC 3711, 4.3), with the salt padded to 112 bits (RFC 7714, 11). */
function derive(key: Buffer, salt: Buffer, label: number, length: number): Buffer {
  const counter = Buffer.alloc(16);
  salt.copy(counter, 0);
  counter[7] = (counter[7] ?? 0) ^ label;
  return createCipheriv("aes-128-ctr", key, counter).update(Buffer.alloc(length));
}
