import { createCipheriv } from "node:crypto";

/** Encrypts RTP by AEAD_AES_128_GCM (RFC 7714), for tests that send what no client sends. One SSRC, no roll-over. */
export interface Protector {
  protect(packet: Buffer): Buffer;
}

/** @param key 16 bytes @param salt 12 bytes: of the sending side, from the DTLS exporter (RFC 5764) */
export function protector(key: Buffer, salt: Buffer): Protector {
  const sessionKey = derive(key, salt, 0x00, 16);
  const sessionSalt = derive(key, salt, 0x02, 12);
  return {
    protect(packet) {
      const header = packet.subarray(0, 12);
      const iv = Buffer.alloc(12);
      header.copy(iv, 2, 8, 12);
      header.copy(iv, 10, 2, 4);
      for (let at = 0; at < 12; at++) iv[at] = (iv[at] ?? 0) ^ (sessionSalt[at] ?? 0);
      const cipher = createCipheriv("aes-128-gcm", sessionKey, iv).setAAD(header);
      return Buffer.concat([header, cipher.update(packet.subarray(12)), cipher.final(), cipher.getAuthTag()]);
    },
  };
}

/** Key derivation (RFC 3711, 4.3), with the salt padded to 112 bits (RFC 7714, 11). */
function derive(key: Buffer, salt: Buffer, label: number, length: number): Buffer {
  const counter = Buffer.alloc(16);
  salt.copy(counter, 0);
  counter[7] = (counter[7] ?? 0) ^ label;
  return createCipheriv("aes-128-ctr", key, counter).update(Buffer.alloc(length));
}
