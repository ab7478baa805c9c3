import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { suite, test } from "node:test";
import { scan } from "./programs/scan.ts";
import { functionsIn, programsInShell } from "./programs/shell.ts";
import {
  BENCH_TOOLS,
  COMPILER,
  NEWCOMER_TOOLS,
  OCCASIONAL,
  PREREQUISITES,
  TEST_TOOLS,
  WISHED_BENCH_TOOLS,
  WISHED_TEST_TOOLS,
} from "./tools.mjs";

const root = join(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

const files = globSync(["bin/**/*", "deploy/**/*", "packages/**/*", "tests/**/*"], {
  cwd: root,
  withFileTypes: true,
  exclude: ({ name }) => /^(?:node_modules|dist|results)$/.test(name),
})
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
  // The list itself, and examples of all there is to find.
  .filter((file) => !file.startsWith("bin/lib/programs") && file !== "bin/lib/tools.mjs");
const code = files.filter((file) => /\.[cm]?[jt]sx?$/.test(file));
const shell = files.filter((file) => !code.includes(file) && (file.endsWith(".sh") || read(file).startsWith("#!")));

type Tools = Readonly<Record<string, string>>;
/** A part of the tree, what is set up before anything of it runs, and which of that is there for its sake. */
interface Part {
  is: (file: string) => boolean;
  may: Tools;
  own: Tools;
}
const isTest = (file: string) => /\.test\.\w+$/.test(file);
const tests = { ...COMPILER, ...OCCASIONAL, ...TEST_TOOLS, ...WISHED_TEST_TOOLS };
const benchmarks = { ...BENCH_TOOLS, ...WISHED_BENCH_TOOLS };
/** The first that fits. */
const parts: Record<string, Part> = {
  "npm run newcomer": {
    is: (file) => file.startsWith("tests/newcomer/") && !isTest(file),
    may: { ...NEWCOMER_TOOLS, ...OCCASIONAL },
    own: NEWCOMER_TOOLS,
  },
  "bin/test": {
    is: (file) => isTest(file) || /^tests\/|^packages\/\w+\/(?:contract|fuzz|src\/testing)\//.test(file),
    may: tests,
    own: { ...TEST_TOOLS, ...WISHED_TEST_TOOLS },
  },
  "npm run bench": {
    is: (file) => file.startsWith("packages/bench/"),
    may: { ...tests, ...benchmarks },
    own: benchmarks,
  },
  "set-up": {
    is: (file) => file.startsWith("bin/"),
    may: { ...COMPILER, ...OCCASIONAL },
    own: { ...PREREQUISITES, ...OCCASIONAL },
  },
  "bin/start": { is: () => true, may: {}, own: {} },
};
const partOf = (file: string) => Object.values(parts).find(({ is }) => is(file));

/** A program where it usually lies, or its folder of libraries, is known by its name, too. */
const isIn = (tools: Tools, program: string) =>
  Object.hasOwn(tools, program) || Object.hasOwn(tools, basename(program));

const interpreterOf = (script: string) => (/^#!(\S+)/.exec(script) ?? []).slice(1);
const functions = shell.flatMap((file) => functionsIn(read(file)));
const calls = [
  ...code.map((file) => ({ file, ...scan(file, read(file)) })),
  ...shell.map((file) => ({
    file,
    programs: new Set([...interpreterOf(read(file)), ...programsInShell(read(file), functions)]),
    unclear: [],
  })),
];

suite("set-up knows every program that is called", () => {
  test("code calls programs so that it can be seen which", () => {
    assert.ok(code.length > 500 && shell.length >= 4, "hardly a file was found");
    assert.deepEqual(
      calls.flatMap(({ unclear }) => unclear),
      [],
    );
  });

  for (const [name, part] of Object.entries(parts)) {
    const here = calls.filter(({ file }) => partOf(file) === part);
    test(`${name} calls only what is set up before it`, () => {
      const unknown = here.flatMap(({ file, programs }) =>
        [...programs].filter((one) => !isIn({ ...PREREQUISITES, ...part.may }, one)).map((one) => `${file}: ${one}`),
      );
      assert.deepEqual(unknown, []);
    });

    test(`nothing is set up for ${name} that it does not call`, () => {
      const called = new Set(here.flatMap(({ programs }) => [...programs].flatMap((one) => [one, basename(one)])));
      assert.deepEqual(
        Object.keys(part.own).filter((one) => !called.has(one)),
        [],
      );
    });
  }

  test("docs/dependencies.md has each package in the first row that it is for", () => {
    const page = read("docs/dependencies.md");
    const rows = new Map(
      page.split("\n").map((line) => {
        const [, row = "", packages = ""] = line.split("|").map((cell) => cell.trim());
        return [row, packages.split(", ")];
      }),
    );
    const listed = {
      all: PREREQUISITES,
      "where they are": OCCASIONAL,
      start: COMPILER,
      test: { ...TEST_TOOLS, ...WISHED_TEST_TOOLS },
      bench: benchmarks,
      newcomer: NEWCOMER_TOOLS,
    };
    const above = new Set<string>();
    for (const [row, tools] of Object.entries(listed)) {
      const packages = [...new Set(Object.values(tools))].filter((name) => !above.has(name)).sort();
      assert.deepEqual(rows.get(row), packages, row);
      for (const name of packages) above.add(name);
    }
  });

  test("npm's scripts call programs that come with packages, and no others", () => {
    for (const file of ["package.json", ...globSync("packages/*/package.json", { cwd: root })]) {
      const { scripts = {} }: { scripts?: Record<string, string> } = JSON.parse(read(file));
      for (const program of Object.values(scripts).flatMap((script) => programsInShell(script)))
        assert.ok(program === "node" || existsSync(join(root, "node_modules/.bin", program)), `${file}: ${program}`);
    }
  });
});
