import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type Engine, onEachEngine } from "../testing/engines.ts";
import { DEVICE_IDLE_MS } from "./devices.ts";
import { openStore } from "./store.ts";

async function devicesFor(t: TestContext, { at }: Engine) {
  const store = await openStore(at);
  t.after(() => store.close());
  return store.devices;
}

const kim = (hash: string) => ({ hash, clerk: "kim" });

onEachEngine(
  "a browser that signed in is known for that clerk alone, until it has been idle for half a year",
  async (t, engine) => {
    const devices = await devicesFor(t, engine);
    await devices.know(kim("a"), undefined, 1_000);
    assert.equal(await devices.begin({ hash: "a", clerk: "lou" }, 1_000), undefined);
    assert.equal(await devices.begin(kim("b"), 1_000), undefined);
    assert.equal(await devices.begin(kim("a"), 999 + DEVICE_IDLE_MS), 0);
    assert.equal(await devices.begin(kim("a"), 1_000 + DEVICE_IDLE_MS), undefined);
  },
);

onEachEngine("a browser that fails ten times is a stranger again, also when it does so at once", async (t, engine) => {
  const devices = await devicesFor(t, engine);
  await devices.know(kim("a"), undefined, 1_000);
  const before = await Promise.all(Array.from({ length: 12 }, () => devices.begin(kim("a"), 1_000)));
  // Which of them is first is the database's to say.
  const counted = before.toSorted((a, b) => (a ?? 99) - (b ?? 99));
  assert.deepEqual(counted, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, undefined, undefined]);
  await devices.forgetLapsed(1_000);
  await devices.giveBack(kim("a"));
  assert.equal(await devices.begin(kim("a"), 1_000), undefined);
});

onEachEngine("what was not done is no failure, and signing in begins anew by another secret", async (t, engine) => {
  const devices = await devicesFor(t, engine);
  await devices.know(kim("a"), undefined, 1_000);
  for (let n = 0; n < 20; n++) {
    assert.equal(await devices.begin(kim("a"), 1_000), 0);
    await devices.giveBack(kim("a"));
  }
  for (let n = 0; n < 9; n++) await devices.begin(kim("a"), 1_000);
  await devices.know(kim("b"), "a", 1_000);
  assert.deepEqual([await devices.begin(kim("a"), 1_000), await devices.begin(kim("b"), 1_000)], [undefined, 0]);
});

onEachEngine(
  "ten browsers of a clerk are known, those that signed in last; other clerks' are left alone",
  async (t, engine) => {
    const devices = await devicesFor(t, engine);
    await devices.know({ hash: "lou's", clerk: "lou" }, undefined, 0);
    for (let n = 0; n < 15; n++) await devices.know(kim(`${n}`), undefined, n);
    const known = [];
    for (let n = 0; n < 15; n++) if ((await devices.begin(kim(`${n}`), 20)) !== undefined) known.push(n);
    assert.deepEqual(known, [5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    assert.equal(await devices.begin({ hash: "lou's", clerk: "lou" }, 20), 0);
  },
);
