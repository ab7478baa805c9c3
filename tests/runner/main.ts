/** Runs the tests; bin/test does the set-up first. The last line is `N passed, N failed`. What it does: HELP in options.ts. */
import { dirname } from "node:path";
import { testFiles } from "./files.ts";
import { HELP, type Options, optionsOf } from "./options.ts";
import { planFor, promisedOf } from "./plan.ts";
import { repeat } from "./repeat.ts";
import { endOnSignal } from "./signals.ts";
import { end, runStages } from "./stages.ts";

const root = dirname(dirname(import.meta.dirname));
process.chdir(root);
endOnSignal();

const asked = options();
const picked = testFiles(root, asked.patterns);
// Whoever names a file means it.
const whole = asked.all || asked.patterns.length > 0;
const files = whole ? picked : promisedOf(picked);
const plan = planFor(files, root, whole);
const verdict = await (asked.repeat > 0 ? repeat(plan, asked.repeat) : runStages(plan));
const left = picked.endToEnd.length + picked.contract.length - files.endToEnd.length - files.contract.length;
if (left > 0) verdict.remarks.push(`left to bin/test --all: ${left} files`);
end(verdict, asked.patterns);

function options(): Options {
  try {
    const options = optionsOf(process.argv.slice(2));
    if (options !== "help") return options;
    console.log(HELP);
    process.exit(0);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${HELP}`);
    process.exit(2);
  }
}
