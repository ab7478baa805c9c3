import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { Environment } from "@raadhuis/protocol/settings";

const root = join(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

test("the README lists every setting, and no other", () => {
  const rows = read("README.md")
    .split("\n")
    .filter((line) => /^\| `[A-Z]/.test(line));
  const listed = rows.flatMap((row) => [...row.split("|")[1]!.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name));
  assert.deepEqual(listed.sort(), Object.keys(Environment.shape).sort());
});

test("every link between our papers leads somewhere", () => {
  for (const file of globSync(["*.md", "docs/**/*.md"], { cwd: root }))
    for (const [, target] of read(file).matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g))
      assert.ok(existsSync(join(root, dirname(file), target!)), `${file} -> ${target}`);
});

test("every source file that a comment names is there", () => {
  const files = globSync("{bin,packages,tests}/**/*.{ts,tsx,mjs}", { cwd: root, exclude: isMade });
  assert.ok(files.length > 500);
  const isThere = (name: string) => files.some((file) => file === name || file.endsWith(`/${name}`));
  const lost = files.flatMap((file) =>
    commentsOf(read(file)).flatMap((comment) =>
      [...comment.matchAll(/(?<![\w/.@<>-])(?:[\w-]+\/)*[\w-]+\.(?:tsx?|mjs)\b/g)]
        .map(([name]) => name)
        .filter((name) => !isThere(name))
        .map((name) => `${file} names ${name}`),
    ),
  );
  assert.deepEqual(lost, []);
});

const isMade = (path: string) => /(^|\/)(node_modules|dist)(\/|$)/.test(path);
/** As far as lines show it: a block's begin with a star. */
const commentsOf = (text: string) => text.match(/^\s*(?:\/?\*|\/\/).*$/gm) ?? [];

test("the licence is the EUPL 1.2, whole", () => {
  const text = read("LICENSE");
  assert.match(text, /^EUROPEAN UNION PUBLIC LICENCE v\. 1\.2\n/);
  for (const article of ["1.Definitions", "5.Obligations", "15.Applicable Law", "Appendix"])
    assert.ok(text.includes(article), article);
});
