import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { runApart } from "./apart.ts";
import { newcomersDebian, type RunApart } from "./base.ts";
import { type Log, openLog } from "./log.ts";
import type { Machine } from "./machine.ts";
import { missingIn } from "./missing.ts";
import type { Options } from "./options.ts";
import { bringSettings, goHere, newcomersEnvironment } from "./settings.ts";
import { clone, runTests, type Trial, tryDemo } from "./trials.ts";

const checkout = dirname(dirname(import.meta.dirname));

/** A newcomer comes, tries, and tells. @returns whether all went well. @param scratch is left as it is then */
export async function visit(options: Options, scratch: string): Promise<boolean> {
  const log = openLog(join(checkout, ".cache/log/newcomer.log"));
  const machine = await newMachine(options, scratch, log);
  await clone(machine, checkout, log.hear);
  const trials: Trial[] = [];
  if (options.start) trials.push(await tryDemo(machine, log.hear));
  if (options.test) trials.push(await runTests(machine, options.paths, log.hear));
  await log.close();

  const { things, sentences, skipped } = missingIn(readFileSync(log.file, "utf8"));
  const missing = [...things, ...sentences];
  const git = (...args: string[]) => execFileSync("git", args, { cwd: checkout, encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain") === "" ? "" : " (what is not committed was not tried)";
  const go = options.withGo ? "and Go" : "and no Go";
  console.log(`\nDebian 12 with Node 20, git ${go}, at ${git("rev-parse", "--short", "HEAD")}${changed}`);
  for (const { what, well, how } of trials) console.log(`  ${well ? "well" : "FAILED"}: ${what}: ${how}`);
  for (const thing of missing) console.log(`  missing: ${thing}`);
  for (const reason of skipped) console.log(`  tests that did not run: ${reason}`);
  console.log(`  all that was said: ${log.file}${options.keep ? `; the machine: ${machine.root}` : ""}`);
  return trials.every(({ well }) => well) && missing.length === 0;
}

/** The machine of somebody who has just come. */
async function newMachine({ withGo }: Options, scratch: string, log: Log): Promise<Machine> {
  const root = join(scratch, "root");
  mkdirSync(root);
  const run: RunApart = (command) => runApart(command, log);
  const archive = await newcomersDebian(join(checkout, ".cache/newcomer"), scratch, run);
  await run(["tar", "--extract", "--numeric-owner", "--file", archive, "--directory", root]);
  const env = newcomersEnvironment(process.env);
  bringSettings(root, env);
  if (!withGo) return { root, env, binds: [] };
  const go = goHere();
  return { root, env: { ...env, ...go.env, PATH: `${env.PATH}:${go.folder}/bin` }, binds: [go.folder] };
}
