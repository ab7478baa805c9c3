import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { copyWhole, UNFINISHED, writeWhole } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "raadhuis-process-"));
after(() => rmSync(folder, { recursive: true }));

test("a file is written whole, for whom it is meant, over an older one", async () => {
  const path = join(folder, "one.json");
  writeFileSync(path, "older and longer than the new one");
  await writeWhole(path, "new", { mode: 0o600 });
  assert.equal(readFileSync(path, "utf8"), "new");
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder), ["one.json"]);
});

test("what cannot be put in its place does not stay beside it, and the older one does", async () => {
  const at = join(folder, "taken");
  mkdirSync(join(at, "full"), { recursive: true });
  await assert.rejects(writeWhole(at, "a file"));
  const from = join(folder, "from");
  writeFileSync(from, "a file");
  chmodSync(from, 0o600);
  await assert.rejects(copyWhole(from, at));
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.endsWith(UNFINISHED)),
    [],
  );
  assert.deepEqual(readdirSync(at), ["full"]);
  await copyWhole(from, join(folder, "to"));
  assert.equal(statSync(join(folder, "to")).mode & 0o777, 0o644);
});
