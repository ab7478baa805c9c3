import { spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { SetUpError } from "./errors.mjs";
import { cache } from "./paths.mjs";

const SHOWN_ON_FAILURE = 30;

/** A program did not end with 0. */
export class ProgramFailed extends SetUpError {
  /** @param {string} code @param {string} message @param {string} log path of the file with all it said */
  constructor(code, message, log) {
    super(code, message);
    this.log = log;
  }

  get said() {
    return readFileSync(this.log, "utf8");
  }
}

/** Shows the last lines of what a program said. @param {string} log */
export function showEnd(log) {
  const lines = readFileSync(log, "utf8").trimEnd().split("\n");
  process.stderr.write(`${lines.slice(-SHOWN_ON_FAILURE).join("\n")}\n`);
}

/**
 * Runs a program; its output goes to `.cache/log/<log>.log`, and the log's end is shown when it fails.
 * Signals to us end the program and all it started.
 * @param {string} program
 * @param {string[]} args
 * @param {{ log: string, code: string, cwd: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, quiet?: boolean }} options
 *   `code`: of the ProgramFailed thrown when it does not end with 0; `quiet`: its end is not shown then
 */
export async function run(program, args, { log, code, cwd, env = process.env, onLine = () => {}, quiet = false }) {
  mkdirSync(join(cache, "log"), { recursive: true });
  const file = join(cache, "log", `${log}.log`);
  const out = createWriteStream(file);
  out.write(`$ ${program} ${args.join(" ")}\n`);
  // A process group of its own, so that compilers end with the make that started them.
  const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const endGroup = () => {
    try {
      process.kill(-(/** @type {number} */ (child.pid)), "SIGTERM");
    } catch {
      // gone already
    }
  };
  const stop = () => {
    endGroup();
    process.exit(143);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, stop);
  process.once("exit", endGroup);
  createInterface({ input: child.stdout }).on("line", onLine);
  child.stdout.pipe(out, { end: false });
  child.stderr.pipe(out, { end: false });
  const ended = await new Promise((resolve) => {
    child.on("error", (error) => resolve(error.message));
    child.on("close", (status, signal) => resolve(status ?? signal));
  });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.removeListener(signal, stop);
  process.removeListener("exit", endGroup);
  await new Promise((resolve) => out.end(() => resolve(undefined)));
  if (ended === 0) return;
  if (!quiet) showEnd(file);
  throw new ProgramFailed(
    code,
    `${program} ended with ${ended}; its last lines are above, all of them in ${file}.`,
    file,
  );
}
