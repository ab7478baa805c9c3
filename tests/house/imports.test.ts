import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";

const root = join(import.meta.dirname, "..", "..");
/** That section of docs/architecture.md. */
function rooms(): string {
  const text = readFileSync(join(root, "docs", "architecture.md"), "utf8");
  return text.slice(text.indexOf("## Rooms"), text.indexOf("## Processes"));
}
/** Read from the table of docs/architecture.md: package -> what it may import of ours. */
const table = new Map(
  [...rooms().matchAll(/^\| `(\w+)` +\|[^|]*\| ([^|]+?) *\|$/gm)].map(([, name, allowed]) => [
    name!,
    [...allowed!.matchAll(/`(\w+)`/g)].map(([, other]) => other!),
  ]),
);
/** `import x from "y"`, `export * from "y"`, `import "y"`, `import("y")`, `require("y")`, `@import "y"` in style sheets. */
const IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']([^"'\n]+)["']/g;

function* importsOf(name: string): Generator<{ file: string; imported: string }> {
  const folder = name === "tests" ? "tests" : `packages/${name}`;
  for (const file of globSync(`${folder}/**/*.{ts,tsx,mjs,js,css}`, { cwd: root, exclude: isMade }))
    for (const [, imported] of readFileSync(join(root, file), "utf8").matchAll(IMPORT))
      yield { file, imported: imported! };
}
const isMade = (path: string) => /(^|\/)(node_modules|dist)(\/|$)/.test(path);

test("the table of who may import whom names every package", () => {
  const packages = globSync("packages/*/package.json", { cwd: root }).map((file) => file.split("/")[1]!);
  assert.deepEqual([...table.keys()].sort(), [...packages, "tests"].sort());
});

for (const [name, allowed] of table)
  test(`${name} imports of ours only ${allowed.join(", ") || "itself"}`, () => {
    const found = [...importsOf(name)];
    assert.ok(found.length > 0, "no import was found at all");
    const wrong = found.filter(({ file, imported }) => {
      const ours = /^@raadhuis\/(\w+)/.exec(imported)?.[1];
      if (ours) return ours !== name && !allowed.includes(ours);
      if (!imported.startsWith(".")) return false;
      // A relative path stays inside its own package.
      const home = name === "tests" ? "tests/" : `packages/${name}/`;
      return !join(file, "..", imported).startsWith(home);
    });
    assert.deepEqual(wrong, []);
  });

test("each package names in its package.json those of ours that it imports", () => {
  const named = z.record(z.string(), z.string()).default({});
  const Manifest = z.object({ dependencies: named, devDependencies: named });
  for (const [name] of table) {
    const file = name === "tests" ? "tests/package.json" : `packages/${name}/package.json`;
    const { dependencies, devDependencies } = Manifest.parse(JSON.parse(readFileSync(join(root, file), "utf8")));
    for (const { file, imported } of importsOf(name)) {
      const ours = /^@raadhuis\/\w+/.exec(imported)?.[0];
      if (ours && ours !== `@raadhuis/${name}`)
        assert.ok(ours in { ...dependencies, ...devDependencies }, `${file} imports ${ours}`);
    }
  }
});

test("no package leads back to itself through others", () => {
  const leads = (from: string, way: string[]): string[] | null => {
    if (way.includes(from)) return [...way, from];
    for (const next of table.get(from) ?? []) {
      const circle = leads(next, [...way, from]);
      if (circle) return circle;
    }
    return null;
  };
  for (const name of table.keys()) assert.equal(leads(name, []), null);
});

const orders: Record<string, (string | undefined)[]> = {
  sfu: [...readFileSync(join(root, "packages/sfu/README.md"), "utf8").matchAll(/^\| `(\w+)\/`/gm)].map(
    ([, name]) => name,
  ),
  server: [...(/`server\/src` each [^:]*:\s([^.]*)\./.exec(rooms())?.[1] ?? "").matchAll(/`(\w+)`/g)].map(
    ([, name]) => name,
  ),
};

/** What all folders of the server stand on. */
const isGround = (name: string, file: string) =>
  name === "server" && /^packages\/server\/src\/(errors|log|random)\.ts$/.test(file);

for (const [name, order] of Object.entries(orders))
  test(`a folder of ${name} imports only from those that stand below it in the order that is written down`, () => {
    const folderOf = (path: string) => new RegExp(`^packages/${name}/src/(\\w+)/`).exec(path)?.[1];
    const imports = [...importsOf(name)].filter(
      ({ file }) => folderOf(file) && folderOf(file) !== "testing" && !file.endsWith(".test.ts"),
    );
    assert.ok(imports.length > 100, "hardly an import was found");
    const missing = imports.filter(({ file }) => !order.includes(folderOf(file)));
    assert.deepEqual(missing, [], "in no order");
    const wrong = imports.filter(({ file, imported }) => {
      const to = folderOf(join(file, "..", imported));
      if (!imported.startsWith(".") || (to === undefined && isGround(name, join(file, "..", imported)))) return false;
      return order.indexOf(to) < order.indexOf(folderOf(file));
    });
    assert.deepEqual(wrong, []);
  });

/** Layers of the pages, from the lowest: what they are called, which inside features are in them, on which they stand. */
const layers = [...rooms().matchAll(/^\| _(\w+)_ +\| ([^|]+?) *\| ([^|]+?) *\|$/gm)].map(
  ([, name, features, below]) => ({
    name: name!,
    features: [...features!.matchAll(/`(\w+)`/g)].map(([, feature]) => feature!),
    below: [...below!.matchAll(/_(\w+)_/g)].map(([, layer]) => layer!),
  }),
);

test("a feature of the pages imports only from its own layer and from those that it stands on", () => {
  const pages = "packages/web/src/";
  /** The beginning, the addresses and the words of the inside pages. */
  const knowsAll = (file: string) =>
    /^inside\/(main\.tsx|Pages\.tsx|texts\.ts|words\.ts)$/.test(file.slice(pages.length));
  const layerOf = (path: string) => {
    const [bundle, folder, feature = ""] = path.slice(pages.length).split("/");
    if (bundle === "outside") return "outside";
    if (bundle === "inside" && folder === "features")
      return layers.find(({ features }) => features.includes(feature))?.name;
    return "shared";
  };
  const folders = globSync(`${pages}inside/features/*`, { cwd: root }).map((path) => path.split("/").at(-1)!);
  assert.deepEqual(layers.flatMap(({ features }) => features).sort(), folders.sort(), "each feature is in one layer");
  const imports = [...importsOf("web")].filter(
    ({ file, imported }) =>
      file.startsWith(pages) && !/\.test\.tsx?$|^packages\/web\/src\/testing\//.test(file) && imported.startsWith("."),
  );
  assert.ok(imports.length > 100, "hardly an import was found");
  const wrong = imports.filter(({ file, imported }) => {
    const [from, to] = [layerOf(file), layerOf(join(file, "..", imported))];
    if (knowsAll(file) || from === to) return false;
    return !layers.find(({ name }) => name === from)?.below.some((layer) => layer === to);
  });
  assert.deepEqual(wrong, []);
});

test("no file leads back to itself through others of its package", () => {
  const leadsTo = new Map<string, string[]>();
  for (const name of table.keys())
    for (const { file, imported } of importsOf(name))
      if (imported.startsWith(".")) leadsTo.set(file, [...(leadsTo.get(file) ?? []), join(file, "..", imported)]);
  const clear = new Set<string>();
  const circle = (file: string, way: string[]): string[] | null => {
    if (clear.has(file)) return null;
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    for (const next of leadsTo.get(file) ?? []) {
      const found = circle(next, [...way, file]);
      if (found) return found;
    }
    clear.add(file);
    return null;
  };
  assert.ok(leadsTo.size > 100, "hardly an import was found");
  for (const file of leadsTo.keys()) assert.deepEqual(circle(file, []), null);
});
