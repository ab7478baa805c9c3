import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const CIPHER = "aes-256-gcm";
/** Bytes of its parts, in their order: the number counts to 2^48. */
const NONCE = 12;
const NUMBER = 6;
const TAG = 16;

/**
 * Where in the record a page began, as a word that it gives back when it returns and cannot read: the number itself
 * would tell how much has happened. Good for the same page's owner in the same meeting, until the server begins anew.
 */
export class Bookmarks {
  readonly #key = randomBytes(32);

  /** `owner`: the meeting and whose page it is. */
  seal(version: number, owner: string): string {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(Buffer.from(owner));
    const text = Buffer.alloc(NUMBER);
    text.writeUIntBE(version, 0, NUMBER);
    return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString("base64url");
  }

  /** `undefined`: it is none of ours, or another owner's. */
  open(bookmark: string, owner: string): number | undefined {
    const bytes = Buffer.from(bookmark, "base64url");
    if (bytes.length !== NONCE + NUMBER + TAG) return undefined;
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).readUIntBE(0, NUMBER);
    } catch {
      return undefined;
    }
  }
}
