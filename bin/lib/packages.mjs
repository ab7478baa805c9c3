import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SetUpError } from "./errors.mjs";
import { root } from "./paths.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";
import { onPath } from "./tools.mjs";

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean, dev?: boolean }} Entry */
/** @typedef {Record<string, Entry>} Entries */

/** @param {string} file @returns {Entries} */
const entriesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

/** What npm has installed, which it writes down as its last act. */
function installedEntries() {
  const record = join(root, "node_modules", ".package-lock.json");
  return existsSync(record) ? entriesOf(record) : null;
}

/**
 * How npm is to be called, or `null`: all is there. Those of tests, types and benchmarks are wanted where `toDevelop`;
 * where they are there already they are kept, and brought up to date with the others.
 * @param {{ wanted: Entries, installed: Entries | null, toDevelop: boolean, exists: (path: string) => boolean }} state
 */
export function npmCall({ wanted, installed, toDevelop, exists }) {
  const entries = Object.entries(wanted).filter(([path]) => path.startsWith("node_modules/"));
  const isThere = (/** @type {string} */ path, /** @type {Entry} */ entry) => {
    const there = installed?.[path];
    if (!there) return installed !== null && entry.optional === true; // made for another machine
    const same = there.version === entry.version && there.integrity === entry.integrity && there.link === entry.link;
    return same && exists(path);
  };
  const all = toDevelop || entries.some(([path, { dev, optional }]) => dev && !optional && installed?.[path]);
  const missing = entries.filter(([path, entry]) => (all || !entry.dev) && !isThere(path, entry));
  if (missing.length === 0) return null;
  // npm ci takes away all that is there first, also from a house that runs: not where something is only to be added.
  const adds = installed !== null && missing.every(([path, { dev }]) => dev && !installed[path]);
  return [...(adds ? ["install", "--no-save"] : ["ci"]), all ? "--include=dev" : "--omit=dev"];
}

/**
 * The packages that package-lock.json names, in node_modules. Their own install scripts do not run (.npmrc).
 * @param {{ toDevelop: boolean }} options with those that nothing needs which runs
 */
export async function installPackages({ toDevelop }) {
  const call = npmCall({
    wanted: entriesOf(join(root, "package-lock.json")),
    installed: installedEntries(),
    toDevelop,
    exists: (path) => existsSync(join(root, path)),
  });
  if (call === null) return;
  if (!onPath("npm"))
    throw new SetUpError(
      "npm.missing",
      "npm is missing, needed to install packages. On Debian: sudo apt-get install -y npm",
    );
  const shown = progress(`Installing packages with npm ${call[0]}`);
  try {
    await run("npm", [...call, "--no-audit", "--no-fund", "--no-progress"], {
      log: "npm",
      code: "packages.failed",
      cwd: root,
    });
    shown.end(true);
  } catch (error) {
    shown.end(false);
    throw error;
  }
}
