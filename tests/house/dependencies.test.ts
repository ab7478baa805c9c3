import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";

const root = join(import.meta.dirname, "..", "..");
const some = z.record(z.string(), z.string()).default({});
const Manifest = z.object({ dependencies: some, devDependencies: some, optionalDependencies: some });
const page = readFileSync(join(root, "docs", "dependencies.md"), "utf8");
/** Rows `| name | what for | why this one | licence |`; a row may name several packages. */
const rows = page
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split("|").map((cell) => cell.trim()));
const described = new Map(
  rows.flatMap((cells) => [...cells[1]!.matchAll(/`([^`]+)`/g)].map(([, name]) => [name!, cells] as const)),
);

const direct = new Set(
  ["package.json", "tests/package.json", ...globSync("packages/*/package.json", { cwd: root })].flatMap((file) => {
    const { dependencies, devDependencies, optionalDependencies } = Manifest.parse(
      JSON.parse(readFileSync(join(root, file), "utf8")),
    );
    return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  }),
);

for (const name of [...direct].filter((one) => !one.startsWith("@raadhuis/")).sort())
  test(`${name} is described: what for, why this one, licence`, () => {
    const cells = described.get(name);
    assert.ok(cells, `docs/dependencies.md has no row for ${name}`);
    for (const cell of cells.slice(2, 5)) assert.ok(cell.length > 2, `an empty cell for ${name}`);
    const file = join(root, "node_modules", name, "package.json");
    const { license } = z.object({ license: z.string().default("") }).parse(JSON.parse(readOr(file)));
    if (license) assert.ok(cells[4]!.includes(license), `${name} is under ${license}, the page says ${cells[4]}`);
  });

test("nothing is described that is not used", () => {
  assert.deepEqual(
    [...described.keys()].filter((name) => !direct.has(name)),
    [],
  );
});

/** Packages for another processor are not here. */
function readOr(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "{}";
  }
}
