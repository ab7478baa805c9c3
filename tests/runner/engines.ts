import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A media server that the contract is asked of. */
export type Engine = "raadhuis" | "livekit";
export const engines: readonly Engine[] = ["raadhuis", "livekit"];

/**
 * The LiveKit server that set-up leaves at `.cache/livekit-server` (bin/lib/livekit.mjs), or why there is none.
 * `excused`: this machine cannot make one.
 */
export function liveKitBinary(root: string): { binary: string } | { missing: string; excused: boolean } {
  const binary = join(root, ".cache", "livekit-server");
  if (existsSync(binary)) return { binary };
  if (onPath("go")) return { missing: "There is a Go, but no LiveKit server was built.", excused: false };
  return { missing: "There is no Go to build a LiveKit server, and no RAADHUIS_TEST_LIVEKIT.", excused: true };
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
