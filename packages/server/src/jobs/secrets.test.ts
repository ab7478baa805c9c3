import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { KEY_FILE, Secrets } from "./secrets.ts";

test("a key is made once in a data folder, for its owner alone, and opens what was sealed before", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-secrets-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const sealed = Secrets.of(folder).seal("a link", "mail/1");
  assert.ok(!sealed.text.includes("link") && !Buffer.from(sealed.text, "base64url").includes("link"));
  assert.equal(Secrets.of(folder).open(sealed, "mail/1"), "a link");
  assert.equal(statSync(join(folder, KEY_FILE)).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(folder), [KEY_FILE]);
});

test("what was sealed is opened by nothing but its key, where it belongs, as it was", () => {
  const [one, two] = [new Secrets(Buffer.alloc(32, 1)), new Secrets(Buffer.alloc(32, 2))];
  const sealed = one.seal("a link", "mail/1");
  assert.notEqual(one.seal("a link", "mail/1").text, sealed.text);
  assert.equal(two.open(sealed, "mail/1"), undefined);
  assert.equal(two.open({ ...sealed, key: two.name }, "mail/1"), undefined);
  assert.equal(one.open(sealed, "mail/2"), undefined);
  assert.equal(one.open({ ...sealed, text: `${sealed.text.slice(0, -2)}AA` }, "mail/1"), undefined);
  assert.equal(one.open({ ...sealed, text: "short" }, "mail/1"), undefined);
  assert.equal(one.open({ text: "plain", key: null }, "mail/1"), "plain");
});
