import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";
import { install, installing } from "./apt.mjs";
import { SetUpError } from "./errors.mjs";

/**
 * Every program that is called anywhere here (or file that is used, by its absolute path) and the Debian package that
 * brings it. Those that nearly every machine has are here, too: the smallest Debian has no `ip` and no `sysctl`.
 * programs.test.ts holds this against the code, `npm run newcomer` against a machine with nothing on it.
 */

/** Without these nothing begins: whoever comes brings them along. */
export const PREREQUISITES = { sh: "dash", dirname: "coreutils", node: "nodejs", npm: "npm" };

/** Of use where they are, never installed: nothing fails without them. */
export const OCCASIONAL = { "apt-get": "apt", go: "golang-go" };

/** To patch and compile the media server. node-gyp calls the last two. */
export const COMPILER = { "g++": "g++", git: "git", make: "make", python3: "python3" };

/** For tests; the compiler, too. */
export const TEST_TOOLS = {
  cat: "coreutils",
  "/usr/bin/chromium": "chromium",
  ffmpeg: "ffmpeg",
  ffprobe: "ffmpeg",
  "/usr/bin/firefox-esr": "firefox-esr",
  initdb: "postgresql",
  ip: "iproute2",
  mount: "mount",
  openssl: "openssl",
  postgres: "postgresql",
  "/usr/lib/postgresql": "postgresql",
  "redis-server": "redis-server",
  sleep: "coreutils",
  sysctl: "procps",
  tcpdump: "tcpdump",
  "/bin/true": "coreutils",
  turnserver: "coturn",
  umount: "mount",
  unshare: "util-linux",
};
/** What few tests need, which say so where it is not there. */
export const WISHED_TEST_TOOLS = {
  nginx: "nginx",
  "/usr/lib/nginx/modules/ngx_stream_module.so": "libnginx-mod-stream",
};

/** For benchmarks; all of the tests', too. */
export const BENCH_TOOLS = {
  "espeak-ng": "espeak-ng",
  gcc: "gcc",
  nsenter: "util-linux",
  setpriv: "util-linux",
};
/** One benchmark needs it, which says so. */
export const WISHED_BENCH_TOOLS = { janus: "janus" };

/** For `npm run newcomer`, here; there it has nothing of these. */
export const NEWCOMER_TOOLS = {
  "apt-config": "apt",
  bash: "bash",
  debootstrap: "debootstrap",
  "/usr/share/keyrings/debian-archive-keyring.gpg": "debian-archive-keyring",
  git: "git",
  ln: "coreutils",
  mkdir: "coreutils",
  mount: "mount",
  pivot_root: "util-linux",
  setpriv: "util-linux",
  tar: "tar",
  umount: "mount",
  unshare: "util-linux",
};

/** Where Debian keeps programs off the path: each version of PostgreSQL has a folder of its own. */
const POSTGRESQL = "/usr/lib/postgresql";
const offPath = () =>
  existsSync(POSTGRESQL) ? readdirSync(POSTGRESQL).map((version) => join(POSTGRESQL, version, "bin")) : [];

/** @param {string} program */
export function onPath(program) {
  return [...(process.env.PATH ?? "").split(delimiter), ...offPath()].some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** @typedef {Record<string, string>} Tools program, or absolute path of a file -> Debian package */

/** @param {Tools} tools */
const missingOf = (tools) => Object.keys(tools).filter((tool) => !(isAbsolute(tool) ? existsSync(tool) : onPath(tool)));

/** @param {Tools} tools @param {string[]} missing */
const packagesOf = (tools, missing) => [...new Set(missing.map((tool) => tools[tool] ?? tool))];

const mayInstall = () => process.getuid?.() === 0 && onPath("apt-get");

/**
 * Installs what is missing of these when we are root; where that cannot be, goes on without.
 * @param {Tools} tools
 */
export async function wishTools(tools) {
  const packages = packagesOf(tools, missingOf(tools));
  if (packages.length > 0 && mayInstall()) await install(packages, { wished: true });
}

/**
 * Sees to it that these programs are there: installed from Debian's packages when we are root, else named with the
 * one command that installs them (`tools.missing`).
 * @param {Tools} tools
 * @param {string} purpose what they are for, to complete "needed to ..."
 */
export async function requireTools(tools, purpose) {
  const missing = missingOf(tools);
  if (missing.length === 0) return;
  const packages = packagesOf(tools, missing);
  if (!mayInstall())
    throw new SetUpError(
      "tools.missing",
      `${missing.join(", ")} ${missing.length > 1 ? "are" : "is"} missing, needed to ${purpose}. On Debian: sudo apt-get ${installing(packages).join(" ")}`,
    );
  await install(packages);
}
