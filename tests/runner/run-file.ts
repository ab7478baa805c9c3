import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { END, type Line } from "./reporter.ts";

export interface Outcome {
  passed: number;
  failed: number;
  /** Tests that ran, whatever came of them. */
  ran: number;
  /** To be shown: each test's name and time; for those that failed, the error and what the file printed. */
  report: string;
}

/** Of what a file printed, this much is shown when it fails: the end, characters. */
const SHOWN_OUTPUT = 20_000;

/** Process groups of the files that run now. */
const groups = new Set<number>();

/** Ends a test file's process and all it started and left behind: browsers, servers. */
function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // nothing left of it
  }
}

export function endAll(): void {
  for (const pid of groups) endGroup(pid);
}

/**
 * Runs one test file in a process (and process group) of its own.
 * @param limit ms, after which it has failed
 * @param environment on top of ours
 */
export async function runFile(
  file: string,
  limit: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-test-"));
  const results = join(folder, "results");
  const reporter = join(import.meta.dirname, "reporter.ts");
  const child = spawn(process.execPath, ["--test-reporter", reporter, "--test-reporter-destination", results, file], {
    detached: true,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const pid = child.pid!;
  groups.add(pid);
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed = (printed + text).slice(-SHOWN_OUTPUT);
    });
  /** Why the file as such has failed, whatever its tests did. */
  let why: string | null = null;
  const timer = setTimeout(() => {
    why = `not done after ${limit / 1000} s`;
    endGroup(pid);
  }, limit);
  const status = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearTimeout(timer);
  endGroup(pid);
  groups.delete(pid);
  const lines = readFileSync(results, { encoding: "utf8", flag: "a+" }).split("\n").slice(0, -1);
  if (lines.at(-1) !== JSON.stringify(END)) why ??= "ended in the middle";
  else lines.pop();
  rmSync(folder, { recursive: true });
  const told = lines.map((line): Line => JSON.parse(line));
  if (status !== 0 && told.every(({ passed }) => passed)) why ??= `ended with ${status}`;
  if (status === 0 && told.length === 0) why ??= "holds no test";
  return outcomeOf(told, why, printed);
}

const indent = (text: string, by: string) => text.replaceAll(/^(?=.)/gm, by);

/** @param why the file itself has failed, if it has */
function outcomeOf(lines: Line[], why: string | null, printed: string): Outcome {
  const tests = lines.filter(({ suite, note }) => !suite && note === null);
  const passed = tests.filter((test) => test.passed).length;
  // A suite's own failure is one of none of its tests: a hook, its time.
  const suites = lines.filter(({ suite, note, error }) => suite && note === null && error !== null).length;
  const report = lines.map(({ name, nesting, passed, note, ms, error }) => {
    const verdict = passed ? (note ?? "ok") : "FAILED";
    return `${"  ".repeat(nesting + 1)}${verdict}: ${name} (${ms} ms)${error ? `\n${indent(error, "      ")}` : ""}`;
  });
  if (why !== null) report.push(`  FAILED: ${why}`);
  const failed = tests.length - passed + suites + (why === null ? 0 : 1);
  if (failed > 0 && printed.trim() !== "") report.push("    it printed:", indent(printed.trimEnd(), "      "));
  return { passed, failed, ran: tests.length, report: report.join("\n") };
}
