import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";

export interface Folders {
  /** What the gallery serves of this meeting. */
  public: string;
  /** Segments that are not released yet: in memory where the machine has tmpfs. Mode 700. */
  unreleased: string;
  /** What was released so far, one segment a line: from it playlist, state and recording are made again after a crash. */
  ledger: string;
}

const MEMORY = "/dev/shm";

/** @param data RAADHUIS_DATA, which must exist */
export function foldersOf(data: string, meeting: string, memory = MEMORY): Folders {
  const real = realpathSync(data);
  const hash = createHash("sha256").update(real).digest("hex").slice(0, 16);
  const inMemory = join(memory, `raadhuis-${hash}`);
  return {
    public: join(real, "public", meeting),
    unreleased: join(isOurs(inMemory) ? inMemory : join(real, "unreleased"), meeting),
    ledger: join(real, "released", `${meeting}.ndjson`),
  };
}

/**
 * Makes the folder if it is not there. Its name can be guessed and anybody may write to /dev/shm: one that another user
 * made first would let them read what is not released, or put their own pictures into the broadcast.
 */
function isOurs(folder: string): boolean {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // There already, or there is no such memory: what is there now decides.
  }
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o077) === 0;
}
