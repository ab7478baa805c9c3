import { setTimeout } from "node:timers/promises";
import { progress } from "./progress.mjs";
import { ProgramFailed, run, showEnd } from "./run.mjs";

/** As long as another apt-get may take until it is our turn, ms. */
const PATIENCE = 10 * 60_000;
const LOCKED = /Could not get lock|is another process using it|is locked by another process/;

/** @param {string[]} packages */
export const installing = (packages) => ["install", "-y", "--no-install-recommends", ...packages];

/**
 * Installs these with apt-get; another one that works is waited for. An index that cannot be brought up to date need
 * not matter (one source of several is away, or what is wanted is known already), so that alone is no failure.
 * @param {string[]} packages of Debian's
 * @param {{ wished?: boolean, patience?: number, pause?: number }} [options] `wished`: what cannot be had is done
 *   without, and not waited for long; times in ms
 */
export async function install(packages, { wished = false, patience = PATIENCE, pause = 2000 } = {}) {
  const shown = progress(`Installing ${packages.join(", ")} from Debian's packages`);
  const impatience = wished ? ["-o", "Acquire::http::Timeout=10"] : [];
  /** @param {string} log @param {string[]} args */
  const apt = (log, args) =>
    inTurn(() => aptGet(log, [...impatience, "-o", `DPkg::Lock::Timeout=${Math.ceil(patience / 1000)}`, ...args]), {
      until: Date.now() + patience,
      pause,
    });
  try {
    const stale = await apt("apt-update", ["update"]).then(
      () => null,
      (error) => failureOf(error),
    );
    await apt("apt-install", installing(packages)).catch((error) => {
      // Without an index of today's an older one is asked, or none: then this was the cause.
      if (stale && !wished) showEnd(stale.log);
      throw error;
    });
    shown.end(true);
  } catch (error) {
    shown.end(false);
    const { log } = failureOf(error);
    if (wished) return;
    showEnd(log);
    throw error;
  }
}

/** @param {string} log @param {string[]} args */
const aptGet = (log, args) =>
  run("apt-get", args, {
    log,
    code: "tools.failed",
    cwd: "/",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    quiet: true,
  });

/**
 * Does it, again and again while somebody else has the lock. apt-get itself waits for dpkg's lock only, not for those
 * of its lists and archives.
 * @param {() => Promise<void>} work
 * @param {{ until: number, pause: number }} patience
 */
async function inTurn(work, { until, pause }) {
  for (let told = false; ; told = true) {
    try {
      return await work();
    } catch (error) {
      if (!LOCKED.test(failureOf(error).said) || Date.now() > until) throw error;
    }
    if (!told) process.stderr.write("Waiting for another apt-get that is at work on this machine\n");
    await setTimeout(pause);
  }
}

/** @param {unknown} error */
function failureOf(error) {
  if (error instanceof ProgramFailed) return error;
  throw error;
}
