import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type Engine, onEachEngine } from "../testing/engines.ts";
import { jobStore, newJobId, TooManyJobs } from "./jobs.ts";
import { openDatabase } from "./openDatabase.ts";

const LONG = 60_000;
/** Over before anybody can look. */
const NO_TIME = 0;
const kinds = ["mail"];
const job = (payload = "{}", kind = "mail") => ({ id: newJobId(), kind, payload, key: null });

async function jobsFor(t: TestContext, { at }: Engine, mostWaiting?: number) {
  const db = await openDatabase(at);
  t.after(() => db.close());
  return { db, jobs: jobStore(db, mostWaiting === undefined ? {} : { mostWaiting }) };
}

onEachEngine("a job is there together with what causes it, or neither is", async (t, engine) => {
  const { db, jobs } = await jobsFor(t, engine);
  const plan = (id: string, fails: boolean) =>
    db.transact(async (trx) => {
      await trx.insertInto("organ").values({ id, name: id, added_at: 1 }).execute();
      await jobs.addIn(trx, job(`"${id}"`));
      if (fails) throw new Error("no");
    });
  await assert.rejects(plan("a", true));
  assert.deepEqual(await jobs.list(), []);
  await plan("b", false);
  assert.equal((await jobs.claim(kinds, LONG))?.payload, '"b"');
});

onEachEngine("of several servers each job is one's, in the order in which they are due", async (t, engine) => {
  const [one, two] = [await jobsFor(t, engine), await jobsFor(t, engine)];
  for (let n = 0; n < 12; n++) await one.jobs.add(job(`${n}`));
  await one.jobs.add(job("other", "export"));
  const claims = Array.from({ length: 14 }, (_, n) => (n % 2 ? one : two).jobs.claim(kinds, LONG));
  const claimed = (await Promise.all(claims)).flatMap((found) => (found ? [Number(found.payload)] : []));
  assert.deepEqual(
    claimed.toSorted((a, b) => a - b),
    Array.from({ length: 12 }, (_, n) => n),
  );
  assert.equal(await one.jobs.claim([], LONG), undefined);
});

onEachEngine("a claim that is over is another's, and what the first one says then is not heard", async (t, engine) => {
  const { jobs } = await jobsFor(t, engine);
  await jobs.add(job());
  const first = await jobs.claim(kinds, NO_TIME);
  const second = await jobs.claim(kinds, LONG);
  assert.ok(first && second);
  assert.deepEqual([first.attempts, second.attempts, second.id], [1, 2, first.id]);
  assert.equal(await jobs.extend(first, LONG), false);
  await jobs.done(first);
  await jobs.failed(first, "mail.refused", null);
  await jobs.giveBack(first);
  assert.deepEqual(
    (await jobs.list()).map(({ state, attempts }) => [state, attempts]),
    [["running", 2]],
  );
  assert.equal(await jobs.extend(second, LONG), true);
  await jobs.done(second);
  assert.deepEqual(await jobs.list(), []);
});

onEachEngine(
  "what failed waits its time, what is dead waits for the office, and neither tells what it says",
  async (t, engine) => {
    const { jobs } = await jobsFor(t, engine);
    await jobs.add(job('"a secret"'));
    const first = await jobs.claim(kinds, LONG);
    assert.ok(first);
    await jobs.failed(first, "mail.refused", LONG);
    const seen = async () => (await jobs.list()).map(({ state, attempts, error }) => [state, attempts, error]);
    assert.deepEqual(await seen(), [["waiting", 1, "mail.refused"]]);
    assert.equal(await jobs.claim(kinds, LONG), undefined, "it is not due yet");
    assert.equal(await jobs.retry(first.id), false, "it is not dead");
    assert.equal(await jobs.giveUp(first.id), false);

    await jobs.failed(first, "mail.refused", NO_TIME);
    const again = await jobs.claim(kinds, LONG);
    assert.ok(again);
    await jobs.failed(again, "mail.unknown", null);
    assert.deepEqual(await seen(), [["dead", 2, "mail.unknown"]]);
    assert.equal(await jobs.claim(kinds, LONG), undefined);
    assert.ok(!JSON.stringify(await jobs.list()).includes("secret"));
    assert.equal(await jobs.retry(first.id), true);
    const retried = await jobs.claim(kinds, LONG);
    assert.deepEqual([retried?.attempts, retried && retried.claim > again.claim], [1, true]);
    await jobs.done(again);
    assert.equal((await jobs.list()).length, 1, "a claim of before is none");
    assert.ok(retried);
    await jobs.failed(retried, "mail.unknown", null);
    await jobs.forgetDead(LONG);
    assert.equal(await jobs.giveUp(first.id), true);
    assert.deepEqual(await seen(), []);
  },
);

onEachEngine("a job that takes its server with it each time is dead at last", async (t, engine) => {
  const { jobs } = await jobsFor(t, engine);
  await jobs.add(job());
  for (let n = 0; n < 3; n++) {
    assert.deepEqual(await jobs.bury("mail", 3, "job.server-died"), []);
    await jobs.claim(kinds, NO_TIME);
  }
  assert.equal((await jobs.bury("mail", 3, "job.server-died")).length, 1);
  assert.deepEqual(
    (await jobs.list()).map(({ state, error }) => [state, error]),
    [["dead", "job.server-died"]],
  );
  await jobs.forgetDead(NO_TIME);
  assert.deepEqual(await jobs.list(), []);
});

onEachEngine("more jobs than are kept are refused, with what causes them", async (t, engine) => {
  const { jobs } = await jobsFor(t, engine, 3);
  for (let n = 0; n < 3; n++) await jobs.add(job());
  await assert.rejects(jobs.add(job()), TooManyJobs);
  const first = await jobs.claim(kinds, LONG);
  assert.ok(first);
  await jobs.done(first);
  await jobs.add(job());
});
