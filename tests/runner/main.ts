/** Runs the tests; bin/test does the set-up first. The last line is `N passed, N failed`. */
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import { testFiles } from "./files.ts";
import { endAll, runFile } from "./run-file.ts";

/** A file that takes longer has failed, ms. */
const UNIT_LIMIT = 3 * 60_000;
const END_TO_END_LIMIT = 10 * 60_000;

const root = dirname(dirname(import.meta.dirname));
process.chdir(root);
const pattern = process.argv[2] ?? "";
const { unit, endToEnd } = testFiles(root, pattern);
const total = { passed: 0, failed: 0 };

async function runAll(files: string[], atOnce: number, limit: number): Promise<void> {
  const left = [...files];
  const worker = async () => {
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const started = Date.now();
      const { passed, failed, report } = await runFile(file, limit);
      total.passed += passed;
      total.failed += failed;
      console.log(`${file} (${((Date.now() - started) / 1000).toFixed(1)} s)\n${report}\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"])
  process.on(signal, () => {
    endAll();
    process.exit(143);
  });

await runAll(unit, availableParallelism(), UNIT_LIMIT);
await runAll(endToEnd, 1, END_TO_END_LIMIT);

if (total.passed + total.failed === 0) {
  console.log(`No test ran${pattern && `: no file matches "${pattern}"`}.`);
  total.failed = 1;
}
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed > 0 ? 1 : 0);
