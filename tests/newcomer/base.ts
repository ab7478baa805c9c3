import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { mirrorsHere } from "./settings.ts";

/** Runs a command of this machine to its end; fails when it fails. */
export type RunApart = (command: readonly string[]) => Promise<void>;

const ARCHITECTURES: Partial<Record<string, string>> = { x64: "amd64", arm64: "arm64" };
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * The smallest Debian 12 there is, with git, and Node 20 with its npm as nodejs.org makes them: what the README wants of
 * whoever comes, and no more. Made once: `folder` keeps it as an archive; whose path this gives.
 * @param scratch where it may be made
 */
export async function newcomersDebian(folder: string, scratch: string, runApart: RunApart): Promise<string> {
  const architecture = ARCHITECTURES[process.arch] ?? process.arch;
  const archive = join(folder, `debian-12-${architecture}-node-20.tar.gz`);
  if (existsSync(archive)) return archive;
  mkdirSync(folder, { recursive: true });
  const made = mkdtempSync(join(scratch, "base-"));
  await runApart([
    "debootstrap",
    ...["--variant=minbase", "--include=git", `--arch=${architecture}`, `--keyring=${KEYRING}`],
    ...["bookworm", made, mirrorsHere().main],
  ]);
  rmSync(join(made, "var/cache/apt/archives"), { recursive: true });
  mkdirSync(join(made, "var/cache/apt/archives/partial"), { recursive: true });
  await bringNode(join(made, "usr/local"), scratch, runApart);
  await runApart([
    "tar",
    "--create",
    "--gzip",
    "--numeric-owner",
    "--file",
    `${archive}.new`,
    "--directory",
    made,
    ".",
  ]);
  renameSync(`${archive}.new`, archive);
  rmSync(made, { recursive: true });
  return archive;
}

/** @param local usr/local of that machine */
async function bringNode(local: string, scratch: string, runApart: RunApart): Promise<void> {
  const packages = mkdtempSync(join(scratch, "node-"));
  const node = `node-linux-${process.arch}`;
  const quietly = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
  await runApart(["npm", "install", "--prefix", packages, ...quietly, `${node}@20`, "npm@10"]);
  const libraries = join(local, "lib/node_modules");
  mkdirSync(libraries, { recursive: true });
  renameSync(join(packages, "node_modules", node, "bin/node"), join(local, "bin/node"));
  renameSync(join(packages, "node_modules/npm"), join(libraries, "npm"));
  for (const name of ["npm", "npx"])
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(local, "bin", name));
  rmSync(packages, { recursive: true });
}
