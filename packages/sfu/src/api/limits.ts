import { TwirpError } from "./twirp.ts";

/** LiveKit's own defaults (`limit` in its configuration), in bytes of UTF-8. */
const maxNameBytes = 256;
const maxMetadataBytes = 512 * 1024;
const maxAttributesBytes = 64 * 1024;

const atMost = (bytes: number, limit: number, what: string): void => {
  if (bytes > limit) throw new TwirpError("invalid_argument", `${what} exceeds limits: at most ${limit} bytes`);
};

export const checkRoomName = (name: string): void => atMost(Buffer.byteLength(name), maxNameBytes, "room name length");
export const checkName = (name: string): void => atMost(Buffer.byteLength(name), maxNameBytes, "name length");
export const checkMetadata = (metadata: string): void =>
  atMost(Buffer.byteLength(metadata), maxMetadataBytes, "metadata size");
export const checkAttributes = (attributes: Record<string, string>): void =>
  atMost(Buffer.byteLength(Object.entries(attributes).flat().join("")), maxAttributesBytes, "attribute size");
