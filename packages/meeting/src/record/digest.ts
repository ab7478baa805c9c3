import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import canonicalize from "canonicalize";

/** SHA-256 of a value's canonical JSON (RFC 8785) in UTF-8, in lower-case hexadecimal. */
export function digest(value: object): string {
  const json = canonicalize(value);
  if (json === undefined) throw new Error("Nothing to hash.");
  return bytesToHex(sha256(utf8ToBytes(json)));
}
