import assert from "node:assert/strict";
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { MeetingId, parseCommand, StoredEvent } from "@raadhuis/meeting";
import { makeLog } from "../log.ts";
import { Meetings } from "../meetings/meetings.ts";
import { type Engine, onEachEngine } from "../testing/engines.ts";
import { VersionConflict } from "./record.ts";
import { openStore } from "./store.ts";

const meeting = MeetingId.parse("abcdefgh23456789");
const office = { kind: "account", account: null } as const;

/** Two stores on one database, as two servers have them. */
async function twoStores(t: TestContext, { at }: Engine) {
  const stores = await Promise.all([openStore(at), openStore(at)]);
  t.after(() => Promise.all(stores.map((store) => store.close())));
  return stores;
}

/** An event as it is stored; what it holds is all the same here. */
async function anEvent(store: Awaited<ReturnType<typeof openStore>>): Promise<StoredEvent> {
  const meetings = new Meetings({ record: store.record, log: makeLog("error") });
  const plan = { type: "planMeeting", kind: "public", body: "B", title: "T", startsAt: 1, recording: false };
  const parsed = parseCommand(plan);
  assert.ok("command" in parsed);
  await meetings.plan(meeting, [parsed.command], { actor: office, invitations: [] });
  const [first] = await store.record.events(meeting);
  return StoredEvent.parse(first);
}

const summary = { kind: "public", title: "T", organ: null, startsAt: 1, phase: "open", recording: false } as const;

onEachEngine("of two stores that append the same version at the same time exactly one wins", async (t, engine) => {
  const [one, two] = await twoStores(t, engine);
  const event = await anEvent(one!);
  for (let expected = 1; expected <= 8; expected++) {
    const append = (store: typeof one, title: string) =>
      store!.record.append({
        ...{ meeting, expected, events: [{ ...event, version: expected + 1 }], now: 1 },
        summary: { ...summary, title },
      });
    const came = await Promise.allSettled([append(one, "one"), append(two, "two")]);
    const lost = came.filter((outcome) => outcome.status === "rejected");
    assert.equal(lost.length, 1);
    assert.ok(lost[0]?.reason instanceof VersionConflict, String(lost[0]?.reason));
    const winner = came[0]!.status === "fulfilled" ? "one" : "two";
    assert.equal((await two!.record.summary(meeting))?.title, winner, "and nothing of the other's is there");
  }
  assert.equal((await one!.record.events(meeting)).length, 9);
});

onEachEngine("two processes that append as fast as they can never both have a version", async (t, { at }) => {
  const store = await openStore(at);
  t.after(() => store.close());
  const event = await anEvent(store);
  const LAST = 30;
  const won = await Promise.all(
    [1, 2].map(async () => {
      const child = fork(join(import.meta.dirname, "../testing/appender.ts"));
      t.after(() => child.kill("SIGKILL"));
      await once(child, "message");
      const ended = once(child, "message");
      child.send({ at, event, summary, last: LAST });
      const [versions] = await ended;
      child.disconnect();
      return versions;
    }),
  );
  const all = won.flat().sort((a: number, b: number) => a - b);
  assert.deepEqual(
    all,
    Array.from({ length: LAST - 1 }, (_, index) => index + 2),
  );
  assert.equal((await store.record.events(meeting)).length, LAST);
});

onEachEngine("what is good once is good once, whichever server it is brought to", async (t, engine) => {
  const [one, two] = await twoStores(t, engine);
  const both = <T>(work: (store: NonNullable<typeof one>) => Promise<T>) => Promise.all([work(one!), work(two!)]);
  const body = { name: "B", zone: "Europe/Amsterdam", demo: false };
  const clerk = (id: string) => ({ id, name: "Kim", email: `${id}@b.example`, password: "p" });
  let count = 0;
  const done = await both((store) => store.house.setUp(body, clerk(`kim${count++}`), 1));
  assert.deepEqual(done.toSorted(), [false, true]);

  await one!.access.addClerkSession({ hash: "s", now: 1, expiresAt: 1_000 }, "kim0");
  for (let n = 0; n < 5; n++) {
    await one!.access.putSignInLink(`link ${n}`, { clerk: "kim0", session: "s" }, 900);
    const used = await both((store) => store.access.useSignInLink(`link ${n}`, 2));
    assert.deepEqual(used.map((outcome) => outcome?.link).toSorted(), ["good", "used"]);

    const person = (id: string) => ({ id, name: `Anna ${n}`, party: null, role: "member" }) as const;
    const added = await both((store) => store.house.addPerson(person(`person${count++}`), 1));
    assert.deepEqual(added.toSorted(), [false, true], "nobody has another's name");
  }
});

onEachEngine(
  "sessions of a clerk stay as many as they may be, whichever servers they are made at",
  async (t, engine) => {
    const stores = await twoStores(t, engine);
    const made = Array.from({ length: 40 }, (_, n) =>
      stores[n % 2]!.access.addClerkSession({ hash: `session ${n}`, now: n, expiresAt: 1_000 }, "kim"),
    );
    await Promise.all(made);
    const living = await Promise.all(made.map((_, n) => stores[0]!.access.clerkSession(`session ${n}`, 50)));
    assert.equal(living.filter(Boolean).length, 12);
  },
);
