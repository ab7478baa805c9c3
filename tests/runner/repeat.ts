import type { Result } from "./run-files.ts";
import type { Stage, Verdict } from "./stages.ts";

/** Of so many runs one may fail, as a busy machine has a bad moment; a file that fails oftener is to be mended. */
const RUNS_FOR_ONE = 5;

/** Runs each file of these stages so many times, one after another, and says how often it failed. */
export async function repeat(steps: readonly (readonly Stage[])[], times: number): Promise<Verdict> {
  const verdict: Verdict = { passed: 0, failed: 0, remarks: [] };
  const results = new Map<string, Result[]>();
  for (const { files, run } of steps.flat())
    for (const file of files)
      for (let count = 0; count < times; count++)
        for (const result of await run([file])) {
          results.set(result.name, [...(results.get(result.name) ?? []), result]);
          verdict.passed += result.passed;
          verdict.failed += result.failed;
        }
  for (const [name, runs] of results) verdict.remarks.push(remarkOn(name, runs));
  return verdict;
}

function remarkOn(name: string, runs: readonly Result[]): string {
  const failed = runs.filter((run) => run.failed > 0).length;
  const seconds = runs.map(({ ms }) => Math.round(ms / 1000));
  const took = `${Math.min(...seconds)} to ${Math.max(...seconds)} s`;
  const word = failed * RUNS_FOR_ONE > runs.length ? ": too often" : "";
  return `failed ${failed} of ${runs.length} times${word} (${took}): ${name}`;
}
