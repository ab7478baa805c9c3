import assert from "node:assert/strict";
import { statSync } from "node:fs";
import type { TestContext } from "node:test";
import { type Command, MeetingId, parseCommand, SeatId, StoredEvent, verify } from "@raadhuis/meeting";
import { makeLog } from "../log.ts";
import { Meetings } from "../meetings/meetings.ts";
import { hashOf } from "../random.ts";
import { type Engine, onEachEngine } from "../testing/engines.ts";
import { VersionConflict } from "./record.ts";
import { openStore } from "./store.ts";

const command = (raw: { type: string; [field: string]: unknown }): Command => {
  const parsed = parseCommand(raw);
  if ("problem" in parsed) throw new Error(parsed.problem.message);
  return parsed.command;
};

const meeting = MeetingId.parse("abcdefgh23456789");
const seat = SeatId.parse("seatseat23456789");
const office = { kind: "account", account: null } as const;
const plan = [
  command({ type: "planMeeting", kind: "public", body: "B", title: "T", startsAt: 1, recording: false }),
  command({ type: "assignSeat", seat, role: "member", name: "N", party: null }),
];

/** A store and what works on it, as one process has them. */
async function processOn(t: TestContext, { at }: Engine) {
  const store = await openStore(at);
  t.after(() => store.close());
  return { store, meetings: new Meetings({ record: store.record, log: makeLog("error") }) };
}

onEachEngine("a database can be opened again, and a file is for its owner alone", async (_, engine) => {
  const first = await openStore(engine.at);
  await first.close();
  if ("file" in engine.at) assert.equal(statSync(engine.at.file).mode & 0o777, 0o600);
  const second = await openStore(engine.at);
  await second.ping();
  await second.close();
});

onEachEngine(
  "who decided on a version that others have left behind decides again; nothing is lost and the chain holds",
  async (t, engine) => {
    const [one, two] = [await processOn(t, engine), await processOn(t, engine)];
    await one.meetings.plan(meeting, plan, { actor: office, invitations: [] });
    const add = ({ meetings }: typeof one, item: string) =>
      meetings.execute({ meeting, actor: office, command: command({ type: "addItem", item, title: "T" }) });
    for (let n = 0; n < 5; n++) {
      assert.deepEqual(await add(one, `itemone${n}`), { version: 3 + 2 * n });
      assert.deepEqual(await add(two, `itemtwo${n}`), { version: 4 + 2 * n });
    }
    // Decided anew, not only put behind: what the other did meanwhile counts.
    const again = await add(one, "itemtwo4");
    assert.equal("refusal" in again && again.refusal.code, "item.exists");
    const events = await two.store.record.events(meeting);
    assert.equal(events.filter(({ type }) => type === "item.added").length, 10);
    assert.equal(verify(events, { meeting }).ok, true);
  },
);

onEachEngine(
  "an append that is refused leaves nothing behind: neither events nor links nor the command",
  async (t, engine) => {
    const { store, meetings } = await processOn(t, engine);
    await meetings.plan(meeting, plan, { actor: office, invitations: [{ seat, hash: hashOf("first") }] });
    const before = (await store.record.events(meeting)).map((event) => StoredEvent.parse(event));
    const append = store.record.append({
      meeting,
      expected: 1,
      events: before.slice(1),
      summary: { kind: "public", title: "Anders", organ: null, startsAt: 2, phase: "open", recording: true },
      command: { actor: "office:a", id: "1" },
      invitations: [{ seat: SeatId.parse("anderezetel"), hash: hashOf("second") }],
      now: 1,
    });
    await assert.rejects(append, VersionConflict);
    assert.deepEqual(await store.record.events(meeting), before);
    assert.equal((await store.record.summary(meeting))?.title, "T");
    assert.equal(await store.record.doneCommand(meeting, "office:a", "1"), undefined);
    assert.equal(await store.access.invited(hashOf("second")), undefined);
    assert.deepEqual(await store.access.invited(hashOf("first")), { meeting, seat });
  },
);

onEachEngine(
  "removing a seat ends its link and its sessions together with the event, and nobody else's",
  async (t, engine) => {
    const { store, meetings } = await processOn(t, engine);
    const elsewhere = MeetingId.parse("anothermeeting22");
    for (const id of [meeting, elsewhere]) {
      await meetings.plan(id, plan, { actor: office, invitations: [{ seat, hash: hashOf(`link of ${id}`) }] });
      const now = Date.now();
      const session = { hash: hashOf(`session of ${id}`), now, expiresAt: now + 60_000 };
      assert.ok(await store.access.redeem({ meeting: id, hash: hashOf(`link of ${id}`) }, session));
    }
    await meetings.execute({ meeting, actor: office, command: command({ type: "removeSeat", seat }) });
    const stands = async (id: string) => [
      (await store.access.invited(hashOf(`link of ${id}`))) !== undefined,
      (await store.access.seatSession(hashOf(`session of ${id}`), Date.now())) !== undefined,
    ];
    assert.deepEqual(await stands(meeting), [false, false]);
    assert.deepEqual(await stands(elsewhere), [true, true]);
  },
);

onEachEngine("sessions and sign-in links lapse", async (t, engine) => {
  const { store } = await processOn(t, engine);
  await store.access.addClerkSession({ hash: "s", now: 1, expiresAt: 1_000 }, "clerk");
  assert.equal(await store.access.clerkSession("s", 999), "clerk");
  assert.equal(await store.access.clerkSession("s", 1_000), undefined);
  const of = { clerk: "clerk", session: "s" };
  await store.access.putSignInLink("l", of, 900);
  assert.deepEqual(await store.access.useSignInLink("l", 900), { clerk: "clerk", link: "lapsed" });
  assert.deepEqual(await store.access.useSignInLink("l", 899), { clerk: "clerk", link: "good", until: 1_000 });
  assert.deepEqual(await store.access.useSignInLink("l", 899), { clerk: "clerk", link: "used" });
  await store.access.putSignInLink("m", of, 900);
  await store.access.endSession("s");
  assert.deepEqual(await store.access.useSignInLink("m", 899), { clerk: "clerk", link: "lapsed" });
});
