import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout } from "node:timers/promises";

/** @param {number} pid */
function runs(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/** @param {string} file @returns {number | null} the holder's process id */
function holderOf(file) {
  try {
    return Number(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}

/**
 * One process at a time between this and the end of the process or `release`. The file appears with its content
 * (a hard link), and the lock of a process that died is taken over.
 * @param {string} file
 * @param {(holder: number) => void} onWait called once when another one holds it
 */
export async function lock(file, onWait) {
  mkdirSync(dirname(file), { recursive: true });
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, String(process.pid));
  const release = () => {
    if (holderOf(file) === process.pid) rmSync(file, { force: true });
  };
  try {
    for (let waited = false; ; waited = true) {
      try {
        linkSync(mine, file);
        process.once("exit", release);
        return release;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
      }
      const holder = holderOf(file);
      if (holder !== null && !runs(holder)) takeAway(file, holder);
      else if (holder !== null && !waited) onWait(holder);
      await setTimeout(200);
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** Removes a dead holder's lock, but not one that somebody else took in the same moment. @param {string} file @param {number} dead */
function takeAway(file, dead) {
  const aside = `${file}.${process.pid}.aside`;
  try {
    renameSync(file, aside);
    if (holderOf(aside) !== dead) linkSync(aside, file);
  } catch {
    // somebody else was quicker
  }
  rmSync(aside, { force: true });
}
