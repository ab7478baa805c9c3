import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

const source = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(source, file), "utf8");

/** Which classes components name of each module, as `styles.bar` or, where one is chosen, by `styles[kind]`. */
function named(): Map<string, { classes: Set<string>; chosen: boolean }> {
  const found = new Map<string, { classes: Set<string>; chosen: boolean }>();
  for (const file of globSync("**/*.tsx", { cwd: source })) {
    const code = read(file);
    for (const [, name, module = ""] of code.matchAll(/import (\w+) from "([^"]+\.module\.css)"/g)) {
      const path = join(dirname(file), module);
      const of = found.get(path) ?? { classes: new Set(), chosen: false };
      for (const [, one = ""] of code.matchAll(new RegExp(`\\b${name}\\.(?!module\\b)(\\w+)`, "g")))
        of.classes.add(one);
      of.chosen ||= code.includes(`${name}[`);
      found.set(path, of);
    }
  }
  return found;
}

const classesIn = (module: string): Set<string> => {
  const rules = read(module)
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/:global\([^)]*\)/g, "")
    .replace(/\{[^{}]*\}/g, "{}");
  return new Set([...rules.matchAll(/\.([a-zA-Z]\w*)/g)].map(([, name = ""]) => name));
};

test("every class that a component names stands in its style sheet, and none stands there for nothing", () => {
  const modules = globSync("**/*.module.css", { cwd: source });
  assert.ok(modules.length > 10, "the search finds style sheets at all");
  const uses = named();
  for (const module of modules) {
    const { classes = new Set<string>(), chosen = false } = uses.get(module) ?? {};
    const there = classesIn(module);
    assert.deepEqual(
      [...classes].filter((name) => !there.has(name)),
      [],
      `${module} has no such class`,
    );
    if (!chosen)
      assert.deepEqual(
        [...there].filter((name) => !classes.has(name)),
        [],
        `${module}: nobody names it`,
      );
  }
});
