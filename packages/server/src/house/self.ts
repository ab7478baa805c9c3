import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "@raadhuis/protocol/settings";
import { newId } from "../random.ts";
import type { Self } from "../store/feed/open.ts";

/** Stands in a data folder, by which servers know that theirs is the same one. */
const MARK = "folder-id";

/** What this server is among those of its house. */
export function selfOf({ settings: { database, data, livekit } }: { settings: Settings }): Self {
  // Where there can be no other nobody asks.
  const folder = "postgres" in database ? markOf(data) : "";
  return { server: newId(), embedded: livekit.embedded, folder };
}

function markOf(folder: string): string {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const file = join(folder, MARK);
  const id = newId();
  const written = `${file}.${id}`;
  writeFileSync(written, id);
  try {
    // Of two that begin at the same time one names it; whole in any case.
    linkSync(written, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    rmSync(written);
  }
  return readFileSync(file, "utf8");
}
