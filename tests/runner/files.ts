import { globSync } from "node:fs";

/** Test files, as paths below `root`. */
export interface Files {
  /** Beside the code: light, several at a time. */
  unit: string[];
  /** They start processes and browsers: some beside each other, some alone (plan.ts). */
  endToEnd: string[];
  /** What any LiveKit does: one after another, once on each engine. */
  contract: string[];
}

/** Every `*.test.ts` of `bin/`, the packages and `tests/` whose path contains one of `patterns`; all where there is none. */
export function testFiles(root: string, patterns: readonly string[]): Files {
  const found = globSync(["bin/**/*.test.ts", "packages/*/**/*.test.{ts,tsx}", "tests/**/*.test.ts"], {
    cwd: root,
    exclude: (path) => path.split("/").some((part) => part === "node_modules" || part === "dist"),
  })
    .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
    .sort();
  const isUnit = (file: string) => /^(bin|packages\/[^/]+\/src)\//.test(file) && !file.includes(".e2e.");
  const isContract = (file: string) => file.startsWith("packages/sfu/contract/");
  return {
    unit: found.filter(isUnit),
    endToEnd: found.filter((file) => !isUnit(file) && !isContract(file)),
    contract: found.filter(isContract),
  };
}
