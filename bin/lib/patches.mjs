import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SetUpError } from "./errors.mjs";
import { ProgramFailed, run } from "./run.mjs";

/**
 * A patch as git makes them, below a header that says why it is there, who found it, and what upstream knows of it.
 * @typedef {{ name: string, file: string, header: string, changes: string }} Patch
 *   `changes` as latin1: some of what is patched ends its lines as Windows does, and a comment may be in any encoding
 */

/** What each header says, beside its title. */
export const SAID = ["Why", "Found", "Upstream"];

/** All patches of a folder, in their order. @param {string} folder @returns {Patch[]} */
export function seriesIn(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".patch"))
    .sort()
    .map((name) => {
      const file = join(folder, name);
      const text = readFileSync(file, "latin1");
      const at = text.indexOf("diff --git ");
      const header = Buffer.from(text.slice(0, at), "latin1").toString();
      return { name, file, header, changes: text.slice(at) };
    });
}

/**
 * Applies a series below `folder`, where each patch must fit to the letter (git knows no fuzz), if on other lines than it
 * was made for. Of a patch that does not fit nothing is applied, and what it was made for is another release.
 * @param {string} folder
 * @param {Patch[]} series
 */
export async function applySeries(folder, series) {
  for (const { name, file } of series)
    await run("git", ["apply", "--whitespace=nowarn", file], {
      log: "patch",
      code: "patch.failed",
      cwd: folder,
      env: { ...process.env, ...apart(folder) },
      quiet: true,
    }).catch((error) => {
      if (!(error instanceof ProgramFailed)) throw error;
      throw new SetUpError("patch.failed", `${name} does not fit ${complaintIn(error.said)}.`);
    });
}

/**
 * git means this folder and nothing around it: within a checkout it would pass over what is ignored there, and whoever
 * sets up may have wishes of their own for white space. @param {string} folder
 */
const apart = (folder) => ({
  GIT_CEILING_DIRECTORIES: dirname(folder),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
});

/** Which file, and where in it. @param {string} said */
function complaintIn(said) {
  const complaints = said.split("\n").flatMap((line) => /^error: (.+)/.exec(line)?.slice(1) ?? []);
  const [, file, line] = /^patch failed: (.+):(\d+)$/.exec(complaints[0] ?? "") ?? [];
  return file === undefined ? `(git says: ${complaints[0] ?? said.trim()})` : `${file}, line ${line}`;
}
