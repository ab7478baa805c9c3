import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { makeLog } from "../log.ts";
import { LeaseKeeper } from "./leaseKeeper.ts";
import type { Lease } from "./leases.ts";

/** A database that answers what it is told to, and time that goes when it is told to. */
function keeperFor(t: TestContext) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_000_000 });
  const said: string[] = [];
  const clock = { monotonic: 0 };
  let fence = 0;
  const database = {
    take: async (name: string): Promise<Lease | undefined> => ({ name, fence: ++fence }),
    renew: async (): Promise<boolean> => true,
    release: async ({ fence }: Lease) => void said.push(`released ${fence}`),
  };
  const keeper = new LeaseKeeper({
    leases: {
      take: (name) => database.take(name),
      renew: () => database.renew(),
      release: (lease) => database.release(lease),
    },
    name: "steward",
    log: makeLog("silent"),
    onGained: ({ fence }) => said.push(`gained ${fence}`),
    onLost: ({ fence }) => said.push(`lost ${fence}`),
    monotonic: () => clock.monotonic,
  });
  /** Time goes by in small steps, in which the database answers. */
  const pass = async (ms: number) => {
    for (let gone = 0; gone < ms; gone += 100) {
      clock.monotonic += 100;
      t.mock.timers.tick(100);
      await new Promise(setImmediate);
    }
  };
  const begin = async () => {
    keeper.start();
    await pass(100);
  };
  return { keeper, database, clock, said, pass, begin };
}
const fails = () => Promise.reject(new Error("no database"));
const never = <T>() => new Promise<T>(() => {});

test("a lease is held as long as it is renewed, and given away at the end", async (t) => {
  const { keeper, said, pass, begin } = keeperFor(t);
  await begin();
  assert.deepEqual(keeper.held, { name: "steward", fence: 1 });
  await pass(60_000);
  assert.deepEqual(said, ["gained 1"]);
  await keeper.stop();
  await pass(10_000);
  assert.deepEqual(said, ["gained 1", "lost 1", "released 1"]);
});

for (const [how, renew] of Object.entries({ "says nothing": never<boolean>, "gives errors": fails }))
  test(`while the database ${how} it is lost before its term is over`, async (t) => {
    const { keeper, database, said, pass, begin } = keeperFor(t);
    await begin();
    await pass(1_000);
    database.renew = renew;
    await pass(1_500);
    assert.ok(keeper.held, "it may be held still");
    await pass(1_000);
    assert.deepEqual(said.slice(0, 2), ["gained 1", "lost 1"]);
  });

test("what another has is lost at once, and taken again under another fence", async (t) => {
  const { database, said, pass, begin } = keeperFor(t);
  await begin();
  database.renew = async () => false;
  await pass(1_000);
  assert.deepEqual(said, ["gained 1", "lost 1"]);
  await pass(1_000);
  assert.deepEqual(said, ["gained 1", "lost 1", "gained 2"]);
});

test("a process that stood still holds nothing before it has asked again, whichever of its clocks went on", async (t) => {
  for (const stand of ["monotonic", "wall"]) {
    const { keeper, clock, said, begin } = keeperFor(t);
    await begin();
    if (stand === "monotonic") clock.monotonic += 5_000;
    else t.mock.timers.setTime(Date.now() + 5_000);
    assert.equal(keeper.held, undefined);
    assert.deepEqual(said.slice(0, 2), ["gained 1", "lost 1"]);
    t.mock.timers.reset();
  }
});

test("an answer that comes after the term is over gains nothing and keeps nothing", async (t) => {
  const { keeper, database, said, pass, begin } = keeperFor(t);
  let answer = (_: Lease) => {};
  database.take = () =>
    new Promise((resolve) => {
      answer = resolve;
    });
  await begin();
  await pass(3_000);
  answer({ name: "steward", fence: 7 });
  await pass(100);
  assert.equal(keeper.held, undefined);
  assert.deepEqual(said, []);
  await pass(1_000);
  answer({ name: "steward", fence: 8 });
  await pass(100);
  assert.deepEqual(said, ["gained 8"]);
  let renewed = (_: boolean) => {};
  database.renew = () =>
    new Promise((resolve) => {
      renewed = resolve;
    });
  await pass(4_000);
  renewed(true);
  await pass(100);
  assert.equal(keeper.held, undefined);
  assert.deepEqual(said, ["gained 8", "lost 8"]);
});
