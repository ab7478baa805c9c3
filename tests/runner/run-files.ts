import { runFile } from "./run-file.ts";

/** A file that takes longer has failed, ms. */
export const UNIT_LIMIT = 8 * 60_000;
export const END_TO_END_LIMIT = 15 * 60_000;

/** What became of one file, or of what should have been there for files to run at all. */
export interface Result {
  /** `null`: none was run. */
  file: string | null;
  /** The file, and on what it ran. */
  name: string;
  passed: number;
  failed: number;
  /** Tests that ran, whatever came of them. */
  ran: number;
  /** How long it took. */
  ms: number;
}

export interface RunOptions {
  /** What it runs on, where that differs. */
  on?: string;
  environment?: Readonly<Record<string, string>>;
  print?: (text: string) => void;
}

/** Runs these files, so many at once, each for at most `limit` ms, and tells of each as it ends. */
export async function runFiles(
  files: readonly string[],
  atOnce: number,
  limit: number,
  { on = "", environment = {}, print = console.log }: RunOptions = {},
): Promise<Result[]> {
  const left = [...files];
  const results: Result[] = [];
  const worker = async (index: number) => {
    const surroundings = { ...portsOf(index), ...environment };
    for (let file = left.shift(); file !== undefined; file = left.shift()) {
      const started = Date.now();
      const { report, ...counts } = await runFile(file, limit, surroundings);
      const name = on === "" ? file : `${file} on ${on}`;
      const ms = Date.now() - started;
      results.push({ file, name, ...counts, ms });
      print(`${name} (${(ms / 1000).toFixed(1)} s)\n${report}\n`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, (_, index) => worker(index)));
  return results;
}

/** Houses of files that run beside each other look for free ports (tests/lib/house.ts) each in a thousand of their own. */
const portsOf = (index: number): Record<string, string> =>
  index === 0 ? {} : { RAADHUIS_TEST_PORTS: `${Number(process.env.RAADHUIS_TEST_PORTS ?? 27_000) + index * 1000}` };

/** Nothing could be run, and that is no excuse. */
export const cannotRun = (name: string): Result => ({ file: null, name, passed: 0, failed: 1, ran: 0, ms: 0 });
