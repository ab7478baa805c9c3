import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pino } from "pino";
import { z } from "zod";
import { jobStore } from "../store/jobs.ts";
import { openDatabase } from "../store/openDatabase.ts";
import { type Engine, onEachEngine } from "../testing/engines.ts";
import { type Doing, JobFailed, JobKind } from "./kinds.ts";
import { JobRunner, type Pace, pauseAfter } from "./runner.ts";
import { Secrets } from "./secrets.ts";

const key = new Secrets(Buffer.alloc(32, 7));
const secrets = () => key;
/** Pauses are nothing to wait for here. */
const quick = { everyMs: 20, firstPauseMs: 1, longestPauseMs: 1, mostAttempts: 3 };

type Work = (payload: { link: string }, doing: Doing) => Promise<void>;

async function runnerFor(t: TestContext, { at }: Engine, work: Work, pace: Partial<Pace> = {}) {
  const db = await openDatabase(at);
  const jobs = jobStore(db);
  const kind = new JobKind({
    name: "mail.invitation",
    payload: z.object({ link: z.string() }),
    isSecret: true,
    run: work,
  });
  const dead: string[] = [];
  const logged: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => logged.push(line) });
  let tell = () => {};
  const died = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const onDead = ({ error }: { error: string }) => {
    dead.push(error);
    tell();
  };
  const begin = () => {
    const options = { jobs, kinds: [kind], secrets, log, onDead, pace: { ...quick, ...pace } };
    const runner = new JobRunner(options);
    t.after(() => runner.stop());
    runner.start();
    return runner;
  };
  t.after(() => db.close());
  const gone = async () => {
    while ((await jobs.list()).length > 0) await new Promise(setImmediate);
  };
  return { db, jobs, kind, dead, logged, died, begin, gone };
}

onEachEngine("a job is done, and nothing of what it says is in the database before or after", async (t, engine) => {
  const done: string[] = [];
  const { db, jobs, kind, begin, gone } = await runnerFor(t, engine, async ({ link }) => void done.push(link));
  await jobs.add(kind.of({ link: "https://chamber.example/#secret" }, secrets));
  const [row] = await db.read.selectFrom("job").selectAll().execute();
  assert.ok(row && !JSON.stringify(row).includes("chamber"));
  begin();
  await gone();
  assert.deepEqual(done, ["https://chamber.example/#secret"]);
});

onEachEngine("what fails is tried again, then dead, and told by its code alone", async (t, engine) => {
  let tries = 0;
  const { jobs, kind, dead, logged, died, begin } = await runnerFor(t, engine, async ({ link }) => {
    tries++;
    throw tries === 1 ? new Error(`cannot reach ${link}`) : new JobFailed("mail.refused");
  });
  await jobs.add(kind.of({ link: "secret" }, secrets));
  begin();
  await died;
  assert.deepEqual([tries, dead], [3, ["mail.refused"]]);
  assert.match(logged.join(""), /a job failed.*runner\.test\.ts|runner\.test\.ts.*a job failed/);
  assert.doesNotMatch(logged.join(""), /secret|cannot reach/);
  const [listed] = await jobs.list();
  assert.deepEqual([listed?.state, listed?.attempts, listed?.error], ["dead", 3, "mail.refused"]);
});

onEachEngine("what cannot be read, or opened, or is of no use to try again is dead at once", async (t, engine) => {
  const { jobs, kind, dead, begin } = await runnerFor(t, engine, async () => {
    throw new JobFailed("mail.no-address", { final: true });
  });
  await jobs.add({ ...kind.of({ link: "a" }, secrets), key: "another" });
  await jobs.add({ ...kind.of({ link: "b" }, secrets), payload: "{}", key: null });
  await jobs.add(kind.of({ link: "c" }, secrets));
  begin();
  while (dead.length < 3) await new Promise(setImmediate);
  assert.deepEqual(dead.toSorted(), ["job.key-lost", "job.unreadable", "mail.no-address"]);
});

onEachEngine("a server that ends gives back what it was doing, and it is as if it had not begun", async (t, engine) => {
  let begun = () => {};
  const isBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const { jobs, kind, begin } = await runnerFor(t, engine, () => {
    begun();
    return new Promise(() => {});
  });
  await jobs.add(kind.of({ link: "a" }, secrets));
  const runner = begin();
  await isBegun;
  await runner.stop();
  assert.deepEqual(
    (await jobs.list()).map(({ state, attempts, error }) => [state, attempts, error]),
    [["waiting", 0, null]],
  );
});

onEachEngine("what a killed server was doing another does, once its claim is over", async (t, engine) => {
  const attempts: number[] = [];
  const { jobs, kind, begin, gone } = await runnerFor(t, engine, async (_, { attempt }) => void attempts.push(attempt));
  await jobs.add(kind.of({ link: "a" }, secrets));
  const other = fork(join(import.meta.dirname, "../testing/jobHolder.ts"));
  t.after(() => other.kill("SIGKILL"));
  await once(other, "message");
  other.send({ at: engine.at, kind: kind.name, claimMs: 1_500 });
  await once(other, "message");
  begin();
  other.kill("SIGKILL");
  await gone();
  assert.deepEqual(attempts, [2]);
});

onEachEngine(
  "a job that takes longer than its claim stays its server's, and one that takes too long fails",
  async (t, engine) => {
    const seen: string[] = [];
    const work: Work = (_, { attempt, signal }) => {
      seen.push(`begun ${attempt}`);
      return new Promise((resolve, reject) => {
        if (attempt > 1) return resolve();
        signal.addEventListener("abort", () => {
          seen.push(`stopped ${attempt}`);
          reject(signal.reason);
        });
      });
    };
    const pace = { claimMs: 2_000, longestMs: 5_000 };
    const { jobs, kind, begin, gone } = await runnerFor(t, engine, work, pace);
    await jobs.add(kind.of({ link: "a" }, secrets));
    begin();
    begin();
    await gone();
    assert.deepEqual(seen, ["begun 1", "stopped 1", "begun 2"]);
  },
);

onEachEngine("a job that took its servers with it is dead, and told", async (t, engine) => {
  const { jobs, kind, dead, died, begin } = await runnerFor(t, engine, async () => assert.fail("begun once more"));
  await jobs.add(kind.of({ link: "a" }, secrets));
  for (let n = 0; n < quick.mostAttempts; n++) await jobs.claim([kind.name], 0);
  begin();
  await died;
  assert.deepEqual(dead, ["job.server-died"]);
});

test("pauses grow, have an end, and differ", () => {
  const pace: Pace = {
    ...{ everyMs: 1, claimMs: 1, longestMs: 1, atOnce: 1, mostAttempts: 10 },
    ...{ firstPauseMs: 10_000, longestPauseMs: 7_200_000 },
  };
  for (let attempts = 1; attempts < 20; attempts++) {
    const whole = Math.min(10_000 * 2 ** (attempts - 1), 7_200_000);
    const pauses = Array.from({ length: 20 }, () => pauseAfter(attempts, pace));
    assert.ok(pauses.every((pause) => pause >= whole / 2 - 1 && pause <= whole + 1));
    assert.ok(new Set(pauses).size > 1);
  }
});
