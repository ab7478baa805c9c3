import { join } from "node:path";
import { buildBundles } from "./bundles.mjs";
import { report, SetUpError } from "./errors.mjs";
import { bringLiveKit } from "./livekit.mjs";
import { lock } from "./lock.mjs";
import { compileMedooze } from "./medooze.mjs";
import { installPackages } from "./packages.mjs";
import { cache } from "./paths.mjs";
import { pinnedRuntime } from "./runtime.mjs";
import { requireTools, TEST_TOOLS, WISHED_TOOLS, wishTools } from "./tools.mjs";

/** How much set-up: the packages and the runtime; what the house needs to run; what its tests need besides. */
const LEVELS = ["install", "start", "test"];

/**
 * Does the set-up that is still missing; a step that is done costs a look. Two at once wait for each other.
 * @param {string | undefined} level one of LEVELS
 * @returns {Promise<string>} path of the pinned runtime
 */
export async function setUp(level) {
  const upTo = LEVELS.indexOf(level ?? "");
  if (upTo < 0) throw new SetUpError("set-up.unknown", `Set-up is for one of ${LEVELS.join(", ")}, not "${level}".`);
  const release = await lock(join(cache, "set-up.lock"), (holder) =>
    process.stderr.write(`Waiting for the set-up that process ${holder} is doing\n`),
  );
  try {
    // Begins first: it needs nothing of ours, and the network and the compilers take turns. Without it the runner of
    // the tests fails those that want it, and no others.
    const livekit = upTo >= 2 ? bringLiveKit().catch(report) : null;
    await installPackages();
    const runtime = pinnedRuntime();
    if (upTo >= 1) {
      await compileMedooze(runtime);
      await buildBundles(runtime.node);
    }
    if (upTo >= 2) {
      await requireTools(TEST_TOOLS, "run the tests");
      await wishTools(WISHED_TOOLS);
    }
    await livekit;
    return runtime.node;
  } finally {
    release();
  }
}
