import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cache, root } from "./paths.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";
import { pointTo } from "./runtime.mjs";
import { onPath } from "./tools.mjs";

const SOURCES = join(root, "packages/sfu/contract/go");

/**
 * People by LiveKit's Go SDK for the tests, at `.cache/go-people`: built from packages/sfu/contract/go and kept in
 * `.cache/go/<hash of its sources>/`. Where there is no Go there are none, and the tests that want them say so.
 */
export async function bringGoPeople() {
  const folder = join(cache, "go");
  const kept = join(folder, hashOf(SOURCES), "people");
  if (!existsSync(kept)) {
    if (!onPath("go")) return;
    rmSync(folder, { recursive: true, force: true });
    await build(kept);
  }
  pointTo(join(cache, "go-people"), kept);
}

/** @param {string} folder */
function hashOf(folder) {
  const hash = createHash("sha256");
  for (const file of readdirSync(folder).sort()) hash.update(`${file}\n`).update(readFileSync(join(folder, file)));
  return hash.digest("hex").slice(0, 16);
}

/** @param {string} kept */
async function build(kept) {
  const shown = progress("Building people by LiveKit's Go SDK to test with (once, a minute or two)");
  try {
    mkdirSync(join(kept, ".."), { recursive: true });
    await run("go", ["build", "-ldflags=-s -w", "-o", `${kept}.new`, "."], {
      log: "go-people-build",
      code: "go-people.failed",
      cwd: SOURCES,
    });
    renameSync(`${kept}.new`, kept);
    shown.end(true);
  } catch (error) {
    shown.end(false);
    throw error;
  }
}
