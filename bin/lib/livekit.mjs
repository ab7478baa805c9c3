import { existsSync, mkdirSync, renameSync } from "node:fs";
import { join, resolve } from "node:path";
import { SetUpError } from "./errors.mjs";
import { cache } from "./paths.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";
import { pointTo } from "./runtime.mjs";
import { onPath } from "./tools.mjs";

/** The release that our own media server is held against. */
const VERSION = "1.13.5";
const MODULE = "github.com/livekit/livekit-server/cmd/server";

/**
 * A real LiveKit server for the tests, at `.cache/livekit-server`: the binary that RAADHUIS_TEST_LIVEKIT names, or one
 * built from its Go module and kept in `.cache/livekit/<version>/`. Where there is no Go there is none, and the tests
 * that want one say so.
 */
export async function bringLiveKit() {
  const named = process.env.RAADHUIS_TEST_LIVEKIT;
  const kept = join(cache, "livekit", VERSION, "livekit-server");
  if (named && !existsSync(named))
    throw new SetUpError("livekit.missing", `RAADHUIS_TEST_LIVEKIT: there is no ${named}.`);
  if (!named && !existsSync(kept)) {
    if (!onPath("go")) return;
    await build(kept);
  }
  pointTo(join(cache, "livekit-server"), named ? resolve(named) : kept);
}

/** @param {string} kept */
async function build(kept) {
  const folder = join(kept, "..");
  const shown = progress("Building a LiveKit server to test against (once, some minutes)");
  try {
    mkdirSync(folder, { recursive: true });
    await run("go", ["install", "-ldflags=-s -w", `${MODULE}@v${VERSION}`], {
      log: "livekit-build",
      code: "livekit.failed",
      cwd: folder,
      env: { ...process.env, GOBIN: folder },
    });
    renameSync(join(folder, "server"), kept);
    shown.end(true);
  } catch (error) {
    shown.end(false);
    throw error;
  }
}
