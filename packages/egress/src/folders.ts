import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
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
  return {
    public: join(real, "public", meeting),
    unreleased: existsSync(memory) ? join(memory, `raadhuis-${hash}`, meeting) : join(real, "unreleased", meeting),
    ledger: join(real, "released", `${meeting}.ndjson`),
  };
}
