import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { foldersOf } from "./folders.ts";

test("what is unreleased lies in memory, in a folder that is nobody else's", async (t) => {
  const base = mkdtempSync(join(tmpdir(), "raadhuis-folders-"));
  t.after(() => rmSync(base, { recursive: true, force: true }));
  const [data, memory, foreign] = ["data", "memory", "foreign"].map((name) => join(base, name)) as [
    string,
    string,
    string,
  ];
  for (const folder of [data, memory, foreign]) mkdirSync(folder);
  const own = dirname(foldersOf(data, "abcdefgh", memory).unreleased);

  await t.test("it is made for its owner alone, and found again", () => {
    assert.equal(dirname(own), memory);
    assert.equal(statSync(own).mode & 0o777, 0o700);
    assert.equal(dirname(foldersOf(data, "hgfedcba", memory).unreleased), own);
  });

  // Its name can be guessed, and anybody may make a folder in /dev/shm.
  await t.test("one that somebody else made first, or can write to, is left alone", () => {
    const instead = join(data, "unreleased", "abcdefgh");
    chmodSync(own, 0o777);
    assert.equal(foldersOf(data, "abcdefgh", memory).unreleased, instead);
    rmSync(own, { recursive: true });
    symlinkSync(foreign, own);
    assert.equal(foldersOf(data, "abcdefgh", memory).unreleased, instead);
  });

  await t.test("without such a place it lies in the data folder", () => {
    assert.equal(foldersOf(data, "abcdefgh", join(base, "none")).unreleased, join(data, "unreleased", "abcdefgh"));
  });
});
