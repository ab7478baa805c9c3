import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { cache, root } from "./paths.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";
import { runtimeEnv } from "./runtime.mjs";

/** Packages that are bundled (their `build` script makes `dist/`), and those of ours that go into the bundle. */
const BUNDLED = { web: ["meeting", "protocol"], gallery: ["protocol"] };
const NOT_SOURCES = new Set(["node_modules", "dist"]);

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name) && !entry.name.includes(".test."))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

/** @param {string[]} packages */
function hashOf(packages) {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  for (const file of packages.flatMap((name) => filesBelow(join(root, "packages", name))))
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

/** The pages and the gallery, bundled anew when their sources changed. @param {string} node the pinned runtime */
export async function buildBundles(node) {
  for (const [name, ingredients] of Object.entries(BUNDLED)) {
    const folder = join(root, "packages", name);
    if (!JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).scripts?.build) continue;
    const key = hashOf([name, ...ingredients]);
    const stamp = join(cache, "bundles", name);
    if (existsSync(join(folder, "dist")) && existsSync(stamp) && readFileSync(stamp, "utf8") === key) continue;
    const shown = progress(`Building ${name}`);
    try {
      await run("npm", ["run", "build"], {
        log: `build-${name}`,
        code: "bundle.failed",
        cwd: folder,
        env: runtimeEnv(node),
      });
      mkdirSync(join(cache, "bundles"), { recursive: true });
      writeFileSync(stamp, key);
      shown.end(true);
    } catch (error) {
      shown.end(false);
      throw error;
    }
  }
}
