import { globSync } from "node:fs";

/** Test files, as paths below `root`. */
export interface Files {
  /** Beside the code: light, several at a time. */
  unit: string[];
  /** Parts of the pages in the states they have (`*.test.tsx`): all of them in one browser. */
  components: string[];
  /** They start processes and browsers: some beside each other, some alone (plan.ts). */
  endToEnd: string[];
  /** What any LiveKit does: one after another, once on each engine. */
  contract: string[];
}

/** Every `*.test.ts` and `*.test.tsx` of `bin/`, the packages and `tests/` whose path contains one of `patterns`; all where there is none. */
export function testFiles(root: string, patterns: readonly string[]): Files {
  const found = globSync(["bin/**/*.test.ts", "packages/*/**/*.test.{ts,tsx}", "tests/**/*.test.ts"], {
    cwd: root,
    exclude: (path) => path.split("/").some((part) => part === "node_modules" || part === "dist"),
  })
    .filter((file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)))
    .sort();
  const isComponent = (file: string) => file.endsWith(".tsx");
  const isUnit = (file: string) =>
    !isComponent(file) && /^(bin|packages\/[^/]+\/src)\//.test(file) && !file.includes(".e2e.");
  const isContract = (file: string) => file.startsWith("packages/sfu/contract/");
  return {
    unit: found.filter(isUnit),
    components: found.filter(isComponent),
    endToEnd: found.filter((file) => !isUnit(file) && !isComponent(file) && !isContract(file)),
    contract: found.filter(isContract),
  };
}
