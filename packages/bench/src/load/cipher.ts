import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

export type WebRtc = typeof import("node-datachannel");
export type Cipher = "gcm" | "cm";

/** By the names of OpenSSL. */
export const profiles: Record<Cipher, string> = { gcm: "SRTP_AEAD_AES_128_GCM", cm: "SRTP_AES128_CM_SHA1_80" };
/** What libdatachannel offers, in its own binary. */
const offered = "SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80\0";

/**
 * node-datachannel with one SRTP profile to offer, whichever a server would prefer: it has no setting for that, so a copy of its
 * binary offers less. A server that accepts the connection therefore uses this cipher and no other.
 */
export function webRtcWith(cipher: Cipher): WebRtc {
  const require = createRequire(import.meta.url);
  const original = require.resolve(`@node-datachannel/linux-${process.arch}-gnu`);
  const folder = join(import.meta.dirname, "../../../../.cache/bench");
  const copy = join(folder, `node-datachannel-${cipher}.node`);
  if (!existsSync(copy)) {
    const binary = readFileSync(original);
    const at = binary.indexOf(offered);
    if (at < 0 || binary.indexOf(offered, at + 1) >= 0)
      throw new Error("node-datachannel offers other SRTP profiles than it did.");
    binary.fill(0, at, at + offered.length);
    binary.write(profiles[cipher], at);
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${copy}.${process.pid}`, binary);
    renameSync(`${copy}.${process.pid}`, copy);
  }
  const lib: WebRtc = require(copy);
  return lib;
}
