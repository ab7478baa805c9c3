import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { npmCall } from "./packages.mjs";

const lock = {
  "": { version: "1" },
  "node_modules/runs": { version: "1", integrity: "a" },
  "node_modules/ours": { link: true },
  "node_modules/tries": { version: "1", integrity: "b", dev: true },
  "node_modules/elsewhere": { version: "1", integrity: "c", optional: true },
};
const running = { "node_modules/runs": lock["node_modules/runs"], "node_modules/ours": lock["node_modules/ours"] };
const all = { ...running, "node_modules/tries": lock["node_modules/tries"] };

suite("npm is called", () => {
  const call = (installed: typeof lock | Partial<typeof lock> | null, toDevelop: boolean, gone = "") =>
    npmCall({ wanted: lock, installed, toDevelop, exists: (path) => path !== gone });

  test("for what runs, to start", () => assert.deepEqual(call(null, false), ["ci", "--omit=dev"]));
  test("for all, to develop", () => assert.deepEqual(call(null, true), ["ci", "--include=dev"]));

  test("to add what tests need, without taking away what may be running", () =>
    assert.deepEqual(call(running, true), ["install", "--no-save", "--include=dev"]));

  test("not at all where all is there, but for what is made for another machine", () => {
    assert.equal(call(running, false), null);
    assert.equal(call(all, true), null);
    assert.equal(call(all, false), null);
  });

  test("for all again where something is old or gone, and tests' packages were there", () => {
    const old = { ...running, "node_modules/runs": { version: "0", integrity: "a" } };
    assert.deepEqual(call(old, false), ["ci", "--omit=dev"]);
    assert.deepEqual(call(old, true), ["ci", "--include=dev"]);
    assert.deepEqual(call({ ...all, ...old }, false), ["ci", "--include=dev"]);
    assert.deepEqual(call(running, false, "node_modules/runs"), ["ci", "--omit=dev"]);
    assert.deepEqual(call(all, true, "node_modules/tries"), ["ci", "--include=dev"]);
  });
});
