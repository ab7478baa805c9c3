import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SetUpError } from "./errors.mjs";
import { root } from "./paths.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";
import { onPath } from "./tools.mjs";

/** @typedef {Record<string, { version?: string, integrity?: string, link?: boolean, optional?: boolean }>} Entries */

/** @param {string} file @returns {Entries} */
const entriesOf = (file) => JSON.parse(readFileSync(file, "utf8")).packages;

/** Whether node_modules holds what package-lock.json says; npm writes down what it installed, as its last act. */
function upToDate() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = entriesOf(record);
  return Object.entries(entriesOf(join(root, "package-lock.json"))).every(([path, wanted]) => {
    if (!path.startsWith("node_modules/")) return true;
    const there = installed[path];
    if (!there) return wanted.optional === true; // made for another machine
    return (
      existsSync(join(root, path)) &&
      there.version === wanted.version &&
      there.integrity === wanted.integrity &&
      there.link === wanted.link
    );
  });
}

/** The packages that package-lock.json names, in node_modules. Their own install scripts do not run (.npmrc). */
export async function installPackages() {
  if (upToDate()) return;
  if (!onPath("npm"))
    throw new SetUpError(
      "npm.missing",
      "npm is missing, needed to install packages. On Debian: sudo apt-get install -y npm",
    );
  const shown = progress("Installing packages with npm ci");
  try {
    await run("npm", ["ci", "--no-audit", "--no-fund", "--no-progress"], {
      log: "npm-ci",
      code: "packages.failed",
      cwd: root,
    });
    shown.end(true);
  } catch (error) {
    shown.end(false);
    throw error;
  }
}
