import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SetUpError } from "./errors.mjs";
import { copyMedooze, MEDOOZE, medoozeSeries, patchesFolder } from "./medooze.mjs";

/** Names whoever commits here, and what their configuration could change of files. */
const SETTINGS = { "user.name": "medooze", "user.email": "", "core.autocrlf": "false", "commit.gpgsign": "false" };
/** Where the packages as they are released were committed. */
const RELEASED = "released";

/** @param {string} tree @param {string[]} args @param {string | Buffer} [input] */
const git = (tree, args, input) =>
  execFileSync("git", args, { cwd: tree, input, maxBuffer: 2 ** 30 }).toString("latin1");

/** A repository of the packages as they are installed, with each patch as a commit. @param {string} tree */
export async function makeTree(tree) {
  if (existsSync(tree)) throw new SetUpError("medooze.there", `${tree} is there already.`);
  mkdirSync(tree, { recursive: true });
  git(tree, ["init", "--quiet", "--initial-branch=patches"]);
  for (const [name, value] of Object.entries(SETTINGS)) git(tree, ["config", name, value]);
  commitRelease(tree);
  for (const { name, header, changes } of medoozeSeries()) {
    git(tree, ["apply", "--index", "--whitespace=nowarn"], Buffer.from(changes, "latin1"));
    // The name is kept, as there is more of it than in the title.
    commit(tree, `${header.trim()}\nName: ${name.replace(/^\d+-|\.patch$/g, "")}\n`);
  }
}

/** Puts what is installed now below the commits. @param {string} tree */
export async function moveToRelease(tree) {
  const before = git(tree, ["rev-parse", RELEASED]).trim();
  git(tree, ["checkout", "--quiet", "--detach", before]);
  commitRelease(tree);
  const { status } = spawnSync("git", ["rebase", "--onto", RELEASED, before, "patches"], {
    cwd: tree,
    stdio: "inherit",
  });
  if (status !== 0) throw new SetUpError("medooze.conflict", `git says above what to do, in ${tree}; then export.`);
}

/** Writes the patches from the commits, in their order. @param {string} tree */
export async function exportSeries(tree) {
  const commits = git(tree, ["rev-list", "--reverse", `${RELEASED}..patches`])
    .split("\n")
    .filter(Boolean);
  for (const name of readdirSync(patchesFolder)) rmSync(join(patchesFolder, name));
  for (const [at, id] of commits.entries()) {
    const said = git(tree, ["show", "--no-patch", "--format=%B", id]).trimEnd();
    const name =
      /^Name: (.+)/m.exec(said)?.[1] ?? git(tree, ["show", "--no-patch", "--format=%f", id]).trim().toLowerCase();
    // Without the lines that name whole files: they change with every patch below, and git needs them for three ways only.
    const changes = git(tree, ["diff", "--no-ext-diff", "--no-renames", `${id}^`, id]).replace(/^index .*\n/gm, "");
    const file = join(patchesFolder, `${String(at + 1).padStart(2, "0")}-${name}.patch`);
    writeFileSync(file, `${said.replace(/\n+Name: .+/, "")}\n\n${changes}`, "latin1");
  }
}

/** @param {string} tree */
function commitRelease(tree) {
  for (const name of MEDOOZE) rmSync(join(tree, name), { recursive: true, force: true });
  copyMedooze(tree);
  git(tree, ["add", "--all", "--force"]);
  const versions = MEDOOZE.map(
    (name) => `${name} ${JSON.parse(readFileSync(join(tree, name, "package.json"), "utf8")).version}`,
  );
  commit(tree, versions.join(", "));
  git(tree, ["tag", "--force", RELEASED]);
}

/** @param {string} tree @param {string} message */
const commit = (tree, message) => git(tree, ["commit", "--quiet", "--cleanup=verbatim", "--file=-"], message);
