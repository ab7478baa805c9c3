import type { Result } from "./run-files.ts";
import { slowestOf, timeOf } from "./slowest.ts";

/** Files that are run in the same way. */
export interface Stage {
  files: readonly string[];
  run: (files: readonly string[]) => Promise<Result[]>;
  /** Whether what fails is run once more: where browsers, media and time are, a machine can have a bad moment. */
  secondTry: boolean;
}

/** So many files may have had bad luck. More than that is a fault. */
export const MOST_SECOND_TRIES = 5;

/** How all of it went. */
export interface Verdict {
  passed: number;
  failed: number;
  /** What is to be known of it beside the numbers, a sentence each. */
  remarks: string[];
}

/**
 * Runs stages, one step after another, those of one step beside each other. At the end files that failed are run
 * once more, each on its own, by which what only a busy machine did is told from a fault: what passes then, with no
 * fewer tests than the first time, has passed, and is named; what fails twice has failed.
 */
export async function runStages(
  steps: readonly (readonly Stage[])[],
  print: (text: string) => void = console.log,
): Promise<Verdict> {
  const began = Date.now();
  const first: { stage: Stage; result: Result }[] = [];
  for (const step of steps)
    await Promise.all(
      step.map(async (stage) => {
        if (stage.files.length === 0) return;
        for (const result of await stage.run(stage.files)) first.push({ stage, result });
      }),
    );
  const unlucky = first.filter(({ stage, result }) => stage.secondTry && result.failed > 0 && result.file !== null);
  const tooMany = unlucky.length > MOST_SECOND_TRIES;
  const better = new Map<Result, Result>();
  for (const { stage, result } of tooMany ? [] : unlucky) {
    print(`${result.name} failed, and is run once more:\n`);
    const [again] = await stage.run([result.file ?? ""]);
    if (again && again.failed === 0 && again.passed >= result.ran) better.set(result, again);
  }
  const results = first.map(({ result }) => better.get(result) ?? result);
  const failed = results.filter((result) => result.failed > 0).map(({ name }) => name);
  const remarks = [...slowestOf(first.map(({ result }) => result)), ...timeOf(Date.now() - began)];
  if (failed.length > 0) remarks.push(`failed: ${failed.join(", ")}`);
  if (tooMany) remarks.push(`nothing was run a second time: ${unlucky.length} files failed, which is no bad luck`);
  if (better.size > 0) remarks.push(`passed only at the second try: ${[...better.keys()].map(nameOf).join(", ")}`);
  return {
    passed: results.reduce((sum, result) => sum + result.passed, 0),
    failed: results.reduce((sum, result) => sum + result.failed, 0),
    remarks,
  };
}

const nameOf = ({ name }: Result): string => name;

/** Says how it went, and ends the process. @param patterns by which files were picked */
export function end({ passed, failed, remarks }: Verdict, patterns: readonly string[]): never {
  for (const remark of remarks) console.log(remark);
  const none = passed + failed === 0;
  if (none) console.log(`No test ran${patterns.length > 0 ? `: no file matches "${patterns.join(" ")}"` : ""}.`);
  console.log(`${passed} passed, ${none ? 1 : failed} failed`);
  process.exit(none || failed > 0 ? 1 : 0);
}
