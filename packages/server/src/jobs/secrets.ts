import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** In the data folder, for its owner alone; several servers share it. */
export const KEY_FILE = "jobs.key";
const KEY_BYTES = 32;
/** As NIST SP 800-38D, 8.2.2 has it for random ones. */
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** A text that only this key opens, and the key's name; `null`: one that anybody reads. */
export interface Sealed {
  text: string;
  key: string | null;
}

/**
 * Keeps secrets in the database without that one, or a copy of it, being enough to read them: the key is a file beside it.
 * AES-256-GCM; `about` says what a text belongs to, and it opens nowhere else.
 */
export class Secrets {
  readonly #key: Buffer;
  readonly name: string;

  constructor(key: Buffer) {
    if (key.length !== KEY_BYTES) throw new Error("A key for jobs has 32 bytes.");
    this.#key = key;
    this.name = createHash("sha256").update("raadhuis jobs").update(key).digest("base64url").slice(0, 8);
  }

  /** The key of this data folder, made when there is none. */
  static of(folder: string): Secrets {
    const file = join(folder, KEY_FILE);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Whole or not at all, and of several servers that begin at once the first one's.
    const beside = `${file}.${randomBytes(6).toString("hex")}`;
    writeFileSync(beside, `${randomBytes(KEY_BYTES).toString("base64url")}\n`, { mode: 0o600, flush: true });
    try {
      linkSync(beside, file);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    } finally {
      rmSync(beside);
    }
    return new Secrets(Buffer.from(readFileSync(file, "utf8").trim(), "base64url"));
  }

  seal(text: string, about: string): { text: string; key: string } {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv("aes-256-gcm", this.#key, iv).setAAD(Buffer.from(about));
    const sealed = Buffer.concat([iv, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]);
    return { text: sealed.toString("base64url"), key: this.name };
  }

  /** `undefined`: it is another key's, about something else, or was changed. */
  open({ text, key }: Sealed, about: string): string | undefined {
    if (key === null) return text;
    const sealed = Buffer.from(text, "base64url");
    if (key !== this.name || sealed.length < IV_BYTES + TAG_BYTES) return undefined;
    const decipher = createDecipheriv("aes-256-gcm", this.#key, sealed.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(-TAG_BYTES));
    try {
      return decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES), undefined, "utf8") + decipher.final("utf8");
    } catch {
      return undefined;
    }
  }
}
