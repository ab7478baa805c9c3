import assert from "node:assert/strict";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { z } from "zod";
import { makeLog } from "../log.ts";
import { type Engine, onEachEngine } from "../testing/engines.ts";
import { LeaseKeeper } from "./leaseKeeper.ts";
import { type Lease, leaseStore } from "./leases.ts";
import { openDatabase } from "./openDatabase.ts";

/** A term, a turn and a database that is asked: five seconds. The rest is for a machine that is busy. */
const TAKEN_OVER_MS = 5_000;
const BUSY_MS = 10_000;
const Heard = z.record(z.string(), z.unknown());

/** What another process said, as it comes. */
class Holder {
  readonly process: ChildProcess;
  readonly heard: Record<string, unknown>[] = [];

  constructor(t: TestContext) {
    this.process = fork(join(import.meta.dirname, "../testing/leaseHolder.ts"));
    this.process.on("message", (raw) => this.heard.push(Heard.parse(raw)));
    t.after(() => this.process.kill("SIGKILL"));
  }

  async says(key: string, from = 0): Promise<unknown> {
    for (;;) {
      const found = this.heard.slice(from).find((one) => key in one);
      if (found) return found[key];
      await once(this.process, "message");
    }
  }
}

/** Another process holds the lease, and this one would have it. */
async function twoServers(t: TestContext, { at }: Engine) {
  const other = new Holder(t);
  await other.says("ready");
  other.process.send({ at, name: "steward" });
  await other.says("gained");
  const db = await openDatabase(at);
  let gained = (_: Lease) => {};
  const taken = new Promise<Lease>((resolve) => {
    gained = resolve;
  });
  const keeper = new LeaseKeeper({
    ...{ leases: leaseStore(db), name: "steward", log: makeLog("silent") },
    ...{ onGained: (lease: Lease) => gained(lease), onLost: () => {} },
  });
  keeper.start();
  t.after(async () => {
    await keeper.stop();
    await db.close();
  });
  const organs = async () => (await db.read.selectFrom("organ").select("id").execute()).map(({ id }) => id);
  return { other, taken, organs };
}

async function takenOver(taken: Promise<Lease>): Promise<void> {
  const began = performance.now();
  assert.ok((await taken).fence > 1);
  assert.ok(performance.now() - began < TAKEN_OVER_MS + BUSY_MS);
}

onEachEngine("what a killed server held another has within seconds", async (t, engine) => {
  const { other, taken } = await twoServers(t, engine);
  other.process.kill("SIGKILL");
  await takenOver(taken);
});

onEachEngine(
  "a server that was stopped past its term does nothing under what another has by then",
  async (t, engine) => {
    const { other, taken, organs } = await twoServers(t, engine);
    await other.says("acted");
    other.process.kill("SIGSTOP");
    await takenOver(taken);
    const said = other.heard.length;
    other.process.send({ write: "stale", lease: { name: "steward", fence: 1 }, stand: false });
    other.process.kill("SIGCONT");
    assert.equal(await other.says("refused", said), "stale");
    assert.equal(await other.says("isStale", said), true);
    await other.says("lost", said);
    const since = other.heard.slice(said);
    assert.deepEqual(
      since.filter((one) => "acted" in one || "wrote" in one),
      [],
    );
    assert.deepEqual(await organs(), []);
  },
);

onEachEngine("a server that stands still in the middle of a write holds nobody up", async (t, engine) => {
  // SQLite's write lock is a process's: no other server can have it until that one is gone.
  if (engine.name === "SQLite") return t.skip("one server, one file");
  const { other, taken, organs } = await twoServers(t, engine);
  other.process.send({ write: "half", lease: { name: "steward", fence: 1 }, stand: true });
  await takenOver(taken);
  assert.deepEqual(await organs(), []);
  other.process.kill("SIGCONT");
  assert.equal(await other.says("refused"), "half");
  assert.deepEqual(await organs(), []);
});
