import { endAll, runFile } from "./run-file.ts";

/** A file that takes longer has failed, ms. */
export const UNIT_LIMIT = 3 * 60_000;
export const END_TO_END_LIMIT = 15 * 60_000;

/** How a run of many files stands. */
export class Total {
  passed = 0;
  failed = 0;

  /** Runs these files, so many at once, and tells of each as it ends. */
  async run(
    files: readonly string[],
    atOnce: number,
    limit: number,
    { on = "", environment = {} }: { on?: string; environment?: Record<string, string> } = {},
  ): Promise<void> {
    const left = [...files];
    const worker = async () => {
      for (let file = left.shift(); file !== undefined; file = left.shift()) {
        const started = Date.now();
        const { passed, failed, report } = await runFile(file, limit, environment);
        this.passed += passed;
        this.failed += failed;
        const name = on === "" ? file : `${file} on ${on}`;
        console.log(`${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n${report}\n`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  }

  /** Says how it went, and ends the process. @param pattern by which files were picked */
  end(pattern: string): never {
    if (this.passed + this.failed === 0) {
      console.log(`No test ran${pattern && `: no file matches "${pattern}"`}.`);
      this.failed = 1;
    }
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exit(this.failed > 0 ? 1 : 0);
  }
}

/** A signal to the runner ends the files that run, with all they started. */
export function endOnSignal(): void {
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"])
    process.on(signal, () => {
      endAll();
      process.exit(143);
    });
}
