import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { SetUpError } from "./errors.mjs";
import { progress } from "./progress.mjs";
import { run } from "./run.mjs";

/** Programs, or files where a package brings none, and the Debian packages that bring them. */
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
/** What few tests need, which say so where it is not there. */
export const WISHED_TOOLS = { "/usr/lib/nginx/modules/ngx_stream_module.so": "libnginx-mod-stream" };

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

/** @param {Record<string, string>} tools program, or absolute path of a file -> Debian package */
const missingOf = (tools) => Object.keys(tools).filter((tool) => !(isAbsolute(tool) ? existsSync(tool) : onPath(tool)));

const mayInstall = () => process.getuid?.() === 0 && onPath("apt-get");

/**
 * Installs what is missing of these when we are root; where that cannot be, goes on without.
 * @param {Record<string, string>} tools as for `requireTools`
 */
export async function wishTools(tools) {
  const packages = missingOf(tools).map((tool) => tools[tool] ?? tool);
  if (packages.length > 0 && mayInstall()) await install(packages, ["-o", "Acquire::http::Timeout=10"]).catch(() => {});
}

/**
 * @param {string[]} packages of Debian's
 * @param {string[]} options of apt-get
 */
async function install(packages, options = []) {
  const shown = progress(`Installing ${packages.join(", ")} from Debian's packages`);
  const how = { code: "tools.failed", cwd: "/", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  try {
    await run("apt-get", [...options, "update"], { ...how, log: "apt-update" });
    await run("apt-get", [...options, ...installing(packages)], { ...how, log: "apt-install" });
    shown.end(true);
  } catch (error) {
    shown.end(false);
    throw error;
  }
}

/** @param {string[]} packages */
const installing = (packages) => ["install", "-y", "--no-install-recommends", ...packages];

/**
 * Sees to it that these programs are there: installed from Debian's packages when we are root, else named with the
 * one command that installs them (`tools.missing`).
 * @param {Record<string, string>} tools program, or absolute path of a file -> Debian package
 * @param {string} purpose what they are for, to complete "needed to ..."
 */
export async function requireTools(tools, purpose) {
  const missing = missingOf(tools);
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((program) => tools[program] ?? program))];
  if (!mayInstall())
    throw new SetUpError(
      "tools.missing",
      `${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} missing, needed to ${purpose}. On Debian: sudo apt-get ${installing(packages).join(" ")}`,
    );
  await install(packages);
}
