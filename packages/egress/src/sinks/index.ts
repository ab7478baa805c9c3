import type { Settings } from "@raadhuis/protocol/settings";
import type { Sink } from "./sink.ts";

/** Where a meeting's broadcast goes besides the folder: a row for each kind, of those whose settings are there. */
export function sinksOf(_meeting: string, _settings: Settings): Sink[] {
  return [];
}
