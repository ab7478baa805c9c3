import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { DEVICE_IDLE_MS } from "./devices.ts";
import { openStore } from "./store.ts";

async function devicesFor(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "raadhuis-devices-"));
  const store = await openStore(join(folder, "raadhuis.db"));
  t.after(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return store.devices;
}

const kim = (hash: string) => ({ hash, clerk: "kim" });

test("a browser that signed in is known for that clerk alone, until it has been idle for half a year", async (t) => {
  const devices = await devicesFor(t);
  await devices.know(kim("a"), undefined, 1_000);
  assert.equal(await devices.begin({ hash: "a", clerk: "lou" }, 1_000), undefined);
  assert.equal(await devices.begin(kim("b"), 1_000), undefined);
  assert.equal(await devices.begin(kim("a"), 999 + DEVICE_IDLE_MS), 0);
  assert.equal(await devices.begin(kim("a"), 1_000 + DEVICE_IDLE_MS), undefined);
});

test("a browser that fails ten times is a stranger again, also when it does so at once", async (t) => {
  const devices = await devicesFor(t);
  await devices.know(kim("a"), undefined, 1_000);
  const before = await Promise.all(Array.from({ length: 12 }, () => devices.begin(kim("a"), 1_000)));
  assert.deepEqual(before, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, undefined, undefined]);
  await devices.forgetLapsed(1_000);
  await devices.giveBack(kim("a"));
  assert.equal(await devices.begin(kim("a"), 1_000), undefined);
});

test("what was not done is no failure, and signing in begins anew by another secret", async (t) => {
  const devices = await devicesFor(t);
  await devices.know(kim("a"), undefined, 1_000);
  for (let n = 0; n < 20; n++) {
    assert.equal(await devices.begin(kim("a"), 1_000), 0);
    await devices.giveBack(kim("a"));
  }
  for (let n = 0; n < 9; n++) await devices.begin(kim("a"), 1_000);
  await devices.know(kim("b"), "a", 1_000);
  assert.deepEqual([await devices.begin(kim("a"), 1_000), await devices.begin(kim("b"), 1_000)], [undefined, 0]);
});

test("ten browsers of a clerk are known, those that signed in last; other clerks' are left alone", async (t) => {
  const devices = await devicesFor(t);
  await devices.know({ hash: "lou's", clerk: "lou" }, undefined, 0);
  for (let n = 0; n < 15; n++) await devices.know(kim(`${n}`), undefined, n);
  const known = [];
  for (let n = 0; n < 15; n++) if ((await devices.begin(kim(`${n}`), 20)) !== undefined) known.push(n);
  assert.deepEqual(known, [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  assert.equal(await devices.begin({ hash: "lou's", clerk: "lou" }, 20), 0);
});
