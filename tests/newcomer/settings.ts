import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";

/** Debian's archives, as addresses. */
export interface Mirrors {
  main: string;
  security: string;
}

const DEBIAN: Mirrors = { main: "http://deb.debian.org/debian", security: "http://deb.debian.org/debian-security" };

/** The mirrors of Debian that apt's sources name, in either of their forms, or Debian's own. */
export function mirrorsIn(sources: readonly string[]): Mirrors {
  const addresses = sources
    .flatMap((text) => text.split("\n"))
    .filter((line) => !line.trim().startsWith("#"))
    .flatMap((line) => line.match(/https?:\/\/[^\s\]]+/g) ?? [])
    .map((address) => address.replace(/\/$/, ""));
  return {
    main: addresses.find((address) => /\/debian$/.test(address)) ?? DEBIAN.main,
    security: addresses.find((address) => /\/debian-security$/.test(address)) ?? DEBIAN.security,
  };
}

/** The mirrors that this machine uses. */
export const mirrorsHere = (): Mirrors =>
  mirrorsIn(
    globSync(["/etc/apt/sources.list", "/etc/apt/sources.list.d/*.{list,sources}"]).map((file) =>
      readFileSync(file, "utf8"),
    ),
  );

/** Of npm's settings those that say where packages come from, and how one gets there. */
export const registrySettings = (npmrc: string): string =>
  npmrc
    .split("\n")
    .filter((line) =>
      /^\s*(?:(?:@[^:=]+:)?registry|\/\/[^=]+|(?:https?-)?proxy|noproxy|ca|cafile|cert|key|strict-ssl)\s*(?:\[\])?=/.test(
        line,
      ),
    )
    .map((line) => `${line}\n`)
    .join("");

/** Names of the environment that say how one gets to registries. */
const ON_THE_WAY =
  /^(?:(?:https?|all|no)_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|GIT_SSL_CAINFO|CURL_CA_BUNDLE)$/i;
/** And of Go. */
const OF_GO = ["GOPROXY", "GOSUMDB", "GONOSUMDB", "GONOPROXY", "GOPRIVATE", "GOINSECURE", "GOFLAGS"];

/** The environment of somebody who has just come to a machine, with this machine's ways to registries. */
export function newcomersEnvironment(here: NodeJS.ProcessEnv): Record<string, string> {
  const ways = Object.entries(here).flatMap(([name, value = ""]) => (ON_THE_WAY.test(name) ? [[name, value]] : []));
  return {
    HOME: "/root",
    LANG: "C.UTF-8",
    PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    TERM: "dumb",
    USER: "root",
    ...Object.fromEntries(ways),
  };
}

/** Gives a machine this machine's ways to registries: of names, apt and npm. */
export function bringSettings(root: string, env: Readonly<Record<string, string>>): void {
  const npm = (key: string) => execFileSync("npm", ["config", "get", key], { cwd: "/", encoding: "utf8" }).trim();
  for (const file of ["/etc/resolv.conf", "/etc/hosts", npm("cafile"), ...Object.values(env)]) bringFile(root, file);

  const { main, security } = mirrorsHere();
  const archives = [`${main} bookworm main`, `${main} bookworm-updates main`, `${security} bookworm-security main`];
  writeFileSync(join(root, "etc/apt/sources.list"), archives.map((archive) => `deb ${archive}\n`).join(""));
  const acquire = execFileSync("apt-config", ["dump", "Acquire"], { encoding: "utf8" });
  writeFileSync(join(root, "etc/apt/apt.conf.d/90newcomer"), acquire);
  for (const file of globSync(["/etc/apt/auth.conf", "/etc/apt/auth.conf.d/*"])) bringFile(root, file);

  const npmrcs = [npm("globalconfig"), npm("userconfig")].filter(existsSync);
  const ways = npmrcs.map((file) => registrySettings(readFileSync(file, "utf8")));
  // The registry may be told by the environment, too. There may be passwords in the files.
  writeFileSync(join(root, "root/.npmrc"), [...ways, `registry=${npm("registry")}\n`].join(""), { mode: 0o600 });
}

/** A file of this machine to the same place there; anything else is passed over. */
function bringFile(root: string, file: string): void {
  if (!isAbsolute(file) || !existsSync(file) || !statSync(file).isFile()) return;
  mkdirSync(dirname(join(root, file)), { recursive: true });
  copyFileSync(file, join(root, file));
}

/** The Go of this machine: where it lies, and what it takes to use it there. */
export function goHere(): { folder: string; env: Record<string, string> } {
  const values: unknown = JSON.parse(
    execFileSync("go", ["env", "-json", "GOROOT", ...OF_GO], { cwd: "/", encoding: "utf8" }),
  );
  const env = Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== ""));
  const { GOROOT = "", ...ways } = env;
  return { folder: GOROOT, env: ways };
}
