import { createHash } from "node:crypto";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { join } from "node:path";
import { applySeries, seriesIn } from "./patches.mjs";
import { cache, root } from "./paths.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";
import { pointTo, runtimeEnv } from "./runtime.mjs";
import { COMPILER, requireTools } from "./tools.mjs";

/** The packages that are patched and compiled. */
export const MEDOOZE = ["medooze-media-server", "medooze-media-server-src"];
const ADDON = "medooze-media-server.node";
const INSTALL = join(root, "packages", "sfu", "install");
/** The largest file takes about this much memory to compile, bytes. */
const MEMORY_PER_JOB = 1.5e9;
/** Changed when the way of building below changes. */
const RECIPE = 2;

/** @param {string} name @returns {string} */
const versionOf = (name) => JSON.parse(readFileSync(join(root, "node_modules", name, "package.json"), "utf8")).version;

export const patchesFolder = join(INSTALL, "patches");

/** What is changed of Medooze. */
export const medoozeSeries = () => seriesIn(patchesFolder);

/** The packages as npm brought them. @param {string} into */
export function copyMedooze(into) {
  for (const name of MEDOOZE) {
    const from = join(root, "node_modules", name);
    cpSync(from, join(into, name), { recursive: true, filter: (path) => path !== join(from, "build") });
  }
}

/** C++ of our own that is compiled with Medooze's: it lies beside the patches, and goes where it is looked for there. */
export const addedSources = () =>
  readdirSync(INSTALL)
    .filter((name) => /\.(cpp|h)$/.test(name))
    .map((name) => ({ from: join(INSTALL, name), to: join("medooze-media-server-src", "src", name) }));

/** What the result depends on. The processor's abilities too: it is compiled with -march=native. @param {string} runtime */
function keyOf(runtime) {
  const abilities = /^(flags|Features)\s*:.*$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[0] ?? "";
  // Not what their headers say.
  const patches = medoozeSeries().map(({ changes }) => changes);
  const added = addedSources().map(({ from, to }) => [to, readFileSync(from, "utf8")]);
  const parts = [RECIPE, MEDOOZE.map(versionOf), patches, added, runtime, process.arch, abilities];
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
  const shown = progress("Compiling the media server (once, half a minute and more)");
  const build = join(cache, "medooze", "build");
  const copy = join(build, "node_modules");
  try {
    rmSync(build, { recursive: true, force: true });
    copyMedooze(copy);
    await applySeries(copy, medoozeSeries());
    for (const { from, to } of addedSources()) copyFileSync(from, join(copy, to));

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
