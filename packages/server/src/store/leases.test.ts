import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type Engine, onEachEngine } from "../testing/engines.ts";
import { LeaseLost, leaseStore } from "./leases.ts";
import { openDatabase } from "./openDatabase.ts";

const TERM = 60_000;
/** Over before anybody can look. */
const NO_TIME = 0;

async function leasesFor(t: TestContext, { at }: Engine) {
  const db = await openDatabase(at);
  t.after(() => db.close());
  return { db, leases: leaseStore(db) };
}

onEachEngine("a lease is one holder's, and each holder has a higher fence", async (t, engine) => {
  const { leases } = await leasesFor(t, engine);
  assert.deepEqual(await leases.take("steward", "one", TERM), { name: "steward", fence: 1 });
  assert.equal(await leases.take("steward", "two", TERM), undefined);
  assert.deepEqual(await leases.take("jobs", "two", TERM), { name: "jobs", fence: 1 });
  assert.equal(await leases.renew({ name: "steward", fence: 1 }, TERM), true);
  assert.equal(await leases.holds({ name: "steward", fence: 1 }), true);

  assert.deepEqual(await leases.take("steward", "one", TERM), { name: "steward", fence: 2 }, "who may not know");
  assert.equal(await leases.holds({ name: "steward", fence: 1 }), false);
  await leases.release({ name: "steward", fence: 1 });
  assert.equal(await leases.take("steward", "two", TERM), undefined, "an old one gives nothing away");
  await leases.release({ name: "steward", fence: 2 });
  assert.deepEqual(await leases.take("steward", "two", TERM), { name: "steward", fence: 3 });
});

onEachEngine("a lease that has ended is renewed by nobody and taken by anybody", async (t, engine) => {
  const { leases } = await leasesFor(t, engine);
  const first = await leases.take("steward", "one", NO_TIME);
  assert.ok(first);
  assert.equal(await leases.renew(first, TERM), false);
  assert.equal(await leases.holds(first), false);
  assert.deepEqual(await leases.take("steward", "two", TERM), { name: "steward", fence: 2 });
});

onEachEngine("of many who want a free lease at once one has it", async (t, engine) => {
  const [one, two] = [await leasesFor(t, engine), await leasesFor(t, engine)];
  for (let n = 0; n < 5; n++) {
    const wanted = Array.from({ length: 10 }, (_, who) => (who % 2 ? one : two).leases.take(`${n}`, `${who}`, TERM));
    assert.equal((await Promise.all(wanted)).filter(Boolean).length, 1);
  }
});

onEachEngine("what is written under a lease that is held no longer is not written", async (t, engine) => {
  const { db, leases } = await leasesFor(t, engine);
  const organ = (id: string) => ({ id, name: id, added_at: 1 });
  const held = await leases.take("steward", "one", TERM);
  const ended = await leases.take("other", "one", NO_TIME);
  assert.ok(held && ended);
  const write = (id: string, lease: typeof held) =>
    db.transact(async (trx) => {
      await trx.insertInto("organ").values(organ(id)).execute();
      await leases.whileHeld(trx, lease);
    });
  await write("held", held);
  await assert.rejects(write("stale", { ...held, fence: 0 }), LeaseLost);
  await assert.rejects(write("ended", ended), LeaseLost);
  const rows = await db.read.selectFrom("organ").select("id").execute();
  assert.deepEqual(rows, [{ id: "held" }]);
});

onEachEngine("nobody takes a lease over before a write under it is done", async (t, engine) => {
  const [one, two] = [await leasesFor(t, engine), await leasesFor(t, engine)];
  const lease = await one.leases.take("steward", "one", TERM);
  assert.ok(lease);
  let taken = false;
  let taking: Promise<unknown> | undefined;
  await one.db.transact(async (trx) => {
    await one.leases.whileHeld(trx, lease);
    // As the same holder's in another process: it need not wait for the term.
    taking ??= two.leases.take("steward", "one", TERM).then((found) => {
      taken = found !== undefined;
    });
    for (let n = 0; n < 50; n++) await trx.selectFrom("organ").selectAll().execute();
    assert.equal(taken, false);
  });
  await taking;
  assert.equal(taken, true);
});
