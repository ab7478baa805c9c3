import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { chapters } from "./chapters.ts";
import { shapes, stateShapes } from "./shapes.ts";

const names = Object.keys(shapes);
const filesOf = (chapter: string) => globSync(`${chapter}/*.ts`, { cwd: import.meta.dirname });

test("chapters stand in one order: each takes note of an event after those before it", () => {
  assert.deepEqual(Object.keys(chapters), names);
  for (const [index, { evolve }] of Object.values(chapters).entries()) {
    const later = names.slice(index + 1).flatMap((name) => Object.keys(shapes[name as keyof typeof shapes].events));
    assert.deepEqual(
      Object.keys(evolve).filter((type) => later.includes(type)),
      [],
    );
  }
});

test("no part of the state belongs to two chapters, no event and no refusal either", () => {
  const all = (part: "state" | "events") => Object.values(shapes).flatMap((chapter) => Object.keys(chapter[part]));
  const refusals = Object.values(shapes).flatMap((chapter): readonly string[] => chapter.refusals);
  for (const keys of [all("state"), all("events"), refusals]) assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(all("state"), Object.keys(stateShapes));
});

for (const name of names)
  test(`${name} imports nothing of another chapter, and each of its commands has a file of its own`, () => {
    for (const file of filesOf(name)) {
      const text = readFileSync(join(import.meta.dirname, file), "utf8");
      const others = names.filter((other) => other !== name && text.includes(`"../${other}/`));
      assert.deepEqual(others, [], file);
    }
    const commands = chapters[name as keyof typeof chapters].commands.map((rule): string => rule.name);
    for (const command of commands) assert.ok(filesOf(name).includes(`${name}/${command}.ts`), command);
  });
