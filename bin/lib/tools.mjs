import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { SetUpError } from "./errors.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";

/** Programs and the Debian packages that bring them. */
export const COMPILER = { "g++": "g++", make: "make", python3: "python3" };
export const TEST_TOOLS = {
  chromium: "chromium",
  ffmpeg: "ffmpeg",
  "espeak-ng": "espeak-ng",
  openssl: "openssl",
  turnserver: "coturn",
  ip: "iproute2",
  "firefox-esr": "firefox-esr",
  "redis-server": "redis-server",
};

/** @param {string} program */
export function onPath(program) {
  return (process.env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Sees to it that these programs are there: installed from Debian's packages when we are root, else named with the
 * one command that installs them (`tools.missing`).
 * @param {Record<string, string>} tools program -> Debian package
 * @param {string} purpose what they are for, to complete "needed to ..."
 */
export async function requireTools(tools, purpose) {
  const missing = Object.keys(tools).filter((program) => !onPath(program));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => tools[program] ?? program))];
  const install = ["apt-get", "install", "-y", "--no-install-recommends", ...packages];
  if (process.getuid?.() !== 0 || !onPath("apt-get"))
    throw new SetUpError(
      "tools.missing",
      `${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} missing, needed to ${purpose}. On Debian: sudo ${install.join(" ")}`,
    );
  const shown = progress(`Installing ${packages.join(", ")} from Debian's packages`);
  const options = {
    code: "tools.failed",
    cwd: "/",
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  try {
    await run("apt-get", ["update"], { ...options, log: "apt-update" });
    await run("apt-get", install.slice(1), { ...options, log: "apt-install" });
    shown.end(true);
  } catch (error) {
    shown.end(false);
    throw error;
  }
}
