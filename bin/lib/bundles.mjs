import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { cache, root } from "./paths.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";
import { runtimeEnv } from "./runtime.mjs";

/** Packages that are bundled: their `build` script makes `dist/`. */
const BUNDLED = ["web", "gallery"];
const NOT_SOURCES = new Set(["node_modules", "dist"]);

/** @param {string} folder @returns {string[]} */
function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !NOT_SOURCES.has(entry.name) && !entry.name.includes(".test."))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]))
    .sort();
}

/** @param {string} name */
const manifestOf = (name) => JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));

/** A package and those of ours that it is made of. @param {string} name @param {Set<string>} seen */
function withIngredients(name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const other of Object.keys(manifestOf(name).dependencies ?? {}))
    if (other.startsWith("@raadhuis/")) withIngredients(other.slice("@raadhuis/".length), seen);
  return seen;
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
  for (const name of BUNDLED) {
    const folder = join(root, "packages", name);
    const key = hashOf([...withIngredients(name)].sort());
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
