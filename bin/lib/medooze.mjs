import { createHash } from "node:crypto";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { patches } from "../../packages/sfu/install/patches.mjs";
import { applyPatches } from "./patch.mjs";
import { cache, root } from "./paths.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";
import { pointTo, runtimeEnv } from "./runtime.mjs";
import { COMPILER, requireTools } from "./tools.mjs";

const PACKAGES = ["medooze-media-server", "medooze-media-server-src"];
const ADDON = "medooze-media-server.node";
/** The largest file takes about this much memory to compile, bytes. */
const MEMORY_PER_JOB = 1.5e9;
/** Changed when the way of building below changes. */
const RECIPE = 1;

/** @param {string} name @returns {string} */
const versionOf = (name) => JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;

/** What the result depends on. The processor's abilities too: it is compiled with -march=native. @param {string} runtime */
function keyOf(runtime) {
  const abilities = /^(flags|Features)\s*:.*$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[0] ?? "";
  const parts = [RECIPE, PACKAGES.map(versionOf), patches, runtime, process.arch, abilities];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 16);
}

/**
 * The media server's native part, compiled once and kept in `.cache/medooze/<key>/`, so it outlives an `npm ci`.
 * @param {{ node: string, folder: string, version: string }} runtime
 */
export async function compileMedooze(runtime) {
  const kept = join(cache, "medooze", keyOf(runtime.version), ADDON);
  if (!existsSync(kept)) {
    await requireTools(COMPILER, "compile the media server");
    await compile(runtime, kept);
  }
  pointTo(join(root, "node_modules", "medooze-media-server", "build", "Release", ADDON), kept);
}

/** @param {{ node: string, folder: string }} runtime @param {string} kept */
async function compile(runtime, kept) {
  const shown = progress("Compiling the media server (once, some minutes)");
  const build = join(cache, "medooze", "build");
  const copy = join(build, "node_modules");
  try {
    rmSync(build, { recursive: true, force: true });
    for (const name of PACKAGES)
      cpSync(join(root, "node_modules", name), join(copy, name), {
        recursive: true,
        filter: (path) => path !== join(root, "node_modules", name, "build"),
      });
    applyPatches(copy, patches);

    const cwd = join(copy, "medooze-media-server");
    const gyp = join(root, "node_modules", "node-gyp", "bin", "node-gyp.js");
    // Without debugging information: a tenth of the size, and sooner done.
    const env = { ...runtimeEnv(runtime.node), CFLAGS: "-g0", CXXFLAGS: "-g0" };
    const options = { code: "compile.failed", cwd, env };
    await run(runtime.node, [gyp, "configure"], { ...options, log: "medooze-configure" });
    shown.expect(objectsIn(join(cwd, "build")));
    const jobs = Math.max(1, Math.min(availableParallelism(), Math.floor(totalmem() / MEMORY_PER_JOB)));
    await run(runtime.node, [gyp, "build", "--jobs", String(jobs)], {
      ...options,
      log: "medooze-build",
      onLine: (line) => /^\s*(CC|CXX)\(target\)/.test(line) && shown.step(),
    });
    mkdirSync(join(kept, ".."), { recursive: true });
    copyFileSync(join(cwd, "build", "Release", ADDON), `${kept}.new`);
    renameSync(`${kept}.new`, kept);
    writeFileSync(join(kept, "..", "patches.json"), JSON.stringify(patches, null, 2));
    rmSync(build, { recursive: true, force: true });
    shown.end(true);
  } catch (error) {
    shown.end(false);
    throw error;
  }
}

/** How many files the makefiles of node-gyp compile. @param {string} folder @returns {number} */
function objectsIn(folder) {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".mk"))
    .map((file) => readFileSync(join(folder, file), "utf8").match(/^\s*\$\(obj\)\.target\/.*\.o\b/gm)?.length ?? 0)
    .reduce((sum, count) => sum + count, 0);
}
