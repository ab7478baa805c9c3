import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetUpError } from "./errors.mjs";

/** @typedef {{ file: string, find: string, replace: string, times: number, why: string }} Patch */

/**
 * Applies patches below `folder`. One that is applied already is left alone; one that fits neither way is an error,
 * because then the package is not the one the patch was made for. Files are replaced, not written into.
 * @param {string} folder
 * @param {Patch[]} patches
 */
export function applyPatches(folder, patches) {
  for (const { file, find, replace, times } of patches) {
    const path = join(folder, file);
    const before = readFileSync(path, "utf8");
    const found = before.split(find).length - 1;
    if (found === 0 && before.split(replace).length - 1 >= times) continue;
    if (found !== times)
      throw new SetUpError(
        "patch.failed",
        `${file} does not fit its patch: "${find}" stands there ${found} times, not ${times}.`,
      );
    writeFileSync(
      `${path}.patched`,
      before.replaceAll(find, () => replace),
    );
    renameSync(`${path}.patched`, path);
  }
}
