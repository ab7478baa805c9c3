import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";

/** One line of a result: what was measured of whom, under which circumstances. */
export interface Row {
  subject: string;
  case: string;
  metric: string;
  unit: string;
  n: number;
  min: number;
  median: number;
  max: number;
  /** In the order of measuring. */
  samples: number[];
}

/** What a benchmark found. */
export interface Outcome {
  rows: Row[];
  /** What had to be done again, and why: a sentence each. */
  notes: string[];
  /** What is not there, and why: a sentence each. The command fails when there is any. */
  missing: string[];
}

/** The shape of every benchmark's result. */
export interface Result {
  machine: string;
  /** What was measured; with a "+" when the working copy differed from it. */
  commit: string;
  /** ISO 8601, UTC. */
  date: string;
  rows: Row[];
  /** As in `Outcome`; left out when there are none. */
  notes?: string[];
  missing?: string[];
}

/** The nearest-rank percentile of unsorted samples; `NaN` of none. `share`: 0..1. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** `samples` are rounded to a hundredth. */
export function rowOf(row: Pick<Row, "subject" | "case" | "metric" | "unit">, samples: readonly number[]): Row {
  const rounded = samples.map((sample) => Math.round(sample * 100) / 100);
  const at = (share: number) => percentile(rounded, share);
  return { ...row, n: rounded.length, min: at(0), median: at(0.5), max: at(1), samples: rounded };
}

/** Writes `results/<name>.json` and prints each row with its p50 and p95. */
export function publish(name: string, { rows, notes, missing }: Outcome): Result {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: import.meta.dirname, encoding: "utf8" }).trim();
  const changed = git("status", "--porcelain", "--untracked-files=no") === "" ? "" : "+";
  const result: Result = {
    machine: `${cpus().length} x ${cpus()[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB, Linux ${process.arch}`,
    commit: `${git("rev-parse", "--short=12", "HEAD")}${changed}`,
    date: new Date().toISOString(),
    rows,
    ...(notes.length > 0 ? { notes } : {}),
    ...(missing.length > 0 ? { missing } : {}),
  };
  const folder = join(import.meta.dirname, "../results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  for (const { subject, case: circumstances, metric, unit, n, samples } of rows)
    console.log(
      `${subject}: ${metric} (${circumstances}): p50 ${percentile(samples, 0.5)} ${unit}, p95 ${percentile(samples, 0.95)} ${unit} of ${n}`,
    );
  return result;
}
