import { createHash, randomBytes, randomInt } from "node:crypto";

/** No 0/o, 1/l/i: an id may be read aloud. */
const letters = "23456789abcdefghjkmnpqrstuvwxyz";

/** 16 letters of 31: 79 bits; names a thing, grants nothing. */
export const newId = (): string => Array.from({ length: 16 }, () => letters[randomInt(letters.length)]).join("");

/** 256 bits, base64url (43 characters): grants what it stands for. Only its hash is kept. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/**
 * What is stored of a secret. A plain hash is enough for 256 random bits, and looking it up by index tells a prober
 * nothing: they would have to choose the hash, not the secret.
 */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
