import { join } from "node:path";
import { buildBundles } from "./bundles.mjs";
import { report, SetUpError } from "./errors.mjs";
import { bringGoPeople } from "./goPeople.mjs";
import { bringLiveKit } from "./livekit.mjs";
import { lock } from "./lock.mjs";
import { compileMedooze } from "./medooze.mjs";
import { installPackages } from "./packages.mjs";
import { cache } from "./paths.mjs";
import { pinnedRuntime } from "./runtime.mjs";
import {
  BENCH_TOOLS,
  COMPILER,
  NEWCOMER_TOOLS,
  requireTools,
  TEST_TOOLS,
  WISHED_BENCH_TOOLS,
  WISHED_TEST_TOOLS,
  wishTools,
} from "./tools.mjs";

/**
 * How much set-up, beside the packages and the runtime: what the house needs to run, what its tests need besides, its
 * benchmarks; what it takes to set up a newcomer's machine, where all of that is done then.
 * @type {Record<string, readonly ("start" | "test" | "bench" | "newcomer")[]>}
 */
const LEVELS = {
  install: [],
  start: ["start"],
  test: ["start", "test"],
  bench: ["start", "test", "bench"],
  newcomer: ["newcomer"],
};

/**
 * Does the set-up that is still missing; a step that is done costs a look. Two at once wait for each other.
 * @param {string} [name] one of LEVELS
 * @returns {Promise<string>} path of the pinned runtime
 */
export async function setUp(name = "") {
  const level = Object.hasOwn(LEVELS, name) ? LEVELS[name] : undefined;
  if (!level) {
    const known = Object.keys(LEVELS).join(", ");
    throw new SetUpError("set-up.unknown", `Set-up is for one of ${known}, not "${name}".`);
  }
  const release = await lock(join(cache, "set-up.lock"), (holder) =>
    process.stderr.write(`Waiting for the set-up that process ${holder} is doing\n`),
  );
  try {
    // Begins first: it needs nothing of ours, and the network and the compilers take turns. Without it the runner of
    // the tests fails those that want it, and no others.
    const others = level.includes("test") ? bringLiveKit().catch(report).then(bringGoPeople).catch(report) : null;
    await installPackages({ toDevelop: name !== "start" });
    const runtime = pinnedRuntime();
    if (level.includes("start")) await Promise.all([compileMedooze(runtime), buildBundles(runtime.node)]);
    if (level.includes("test")) {
      await requireTools({ ...COMPILER, ...TEST_TOOLS }, "run the tests");
      await wishTools(WISHED_TEST_TOOLS);
    }
    if (level.includes("bench")) {
      await requireTools(BENCH_TOOLS, "run the benchmarks");
      await wishTools(WISHED_BENCH_TOOLS);
    }
    if (level.includes("newcomer")) await requireTools(NEWCOMER_TOOLS, "set up a newcomer's machine");
    await others;
    return runtime.node;
  } finally {
    release();
  }
}
