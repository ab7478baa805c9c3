import { join } from "node:path";
import { runFile } from "./run-file.ts";
import type { Result } from "./run-files.ts";

/** All of them are done by then, ms: a browser is opened once, and they wait for nothing but what they draw. */
const LIMIT = 3 * 60_000;

/** Component tests, all in one browser (components-main.ts), and counted one by one. */
export async function runComponents(files: readonly string[]): Promise<Result[]> {
  const started = Date.now();
  const { report, ...counts } = await runFile(join(import.meta.dirname, "components-main.ts"), LIMIT, {
    RAADHUIS_TEST_COMPONENTS: files.join("\n"),
  });
  const ms = Date.now() - started;
  const name = `${files.length} files of components`;
  console.log(`${name} (${(ms / 1000).toFixed(1)} s)\n${report}\n`);
  // One result for all: a second try is one of all of them.
  return [{ file: files.join("\n"), name, ...counts, ms }];
}
