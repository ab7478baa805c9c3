import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { formOf, MeetingKind, Role, rightsOf } from "./index.ts";

const packages = join(import.meta.dirname, "../..");
/** What names kinds and roles to read or to show them, and not to ask what follows from them. */
const exempt = /\.test\.tsx?$|testing\/|upcasts\.ts$|node_modules|\/dist\//;

test("only what is broadcast is recorded, and only behind doors is anybody kept out", () => {
  for (const kind of MeetingKind.options) {
    const form = formOf({ kind });
    assert.ok(form.gallery || !form.recording);
    assert.equal(form.doors, form.gallery);
  }
  for (const role of Role.options) {
    const rights = rightsOf(role);
    assert.ok(rights.speak || rights.publish === "never");
    assert.ok(rights.stay || !rights.conduct);
  }
});

test("what follows from a kind or a role is asked of the tables, and nowhere else", () => {
  const asks =
    /\bkind\b\s*[!=]==\s*"(public|private|call)"|\brole\b\s*[!=]==\s*"(chair|deputy|clerk|member|citizen|guest|interpreter|observer)"/;
  const files = globSync("*/src/**/*.{ts,tsx}", { cwd: packages });
  assert.ok(files.length > 200);
  const found = files.filter((file) => !exempt.test(file) && asks.test(readFileSync(join(packages, file), "utf8")));
  // Names, no rights: whose seat a clerk is offered a way into, and which seats the demo's people take.
  assert.deepEqual(found.filter((file) => !/invariants\.ts$/.test(file)).sort(), [
    "demo/src/sample.ts",
    "web/src/inside/features/live/ownSeats.ts",
  ]);
});
