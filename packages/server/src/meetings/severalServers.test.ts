import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { type Command, ItemId, MeetingId } from "@raadhuis/meeting";
import { makeLog } from "../log.ts";
import { openStore } from "../store/store.ts";
import { type Engine, onEachEngine } from "../testing/engines.ts";
import { type Change, Meetings } from "./meetings.ts";

const meeting = MeetingId.parse("abcdefgh23456789");
const actor = { kind: "account", account: null } as const;
const plan: Command = {
  ...{ type: "planMeeting", kind: "public", bodyId: null, body: "Voorbeeld", organId: null, organ: null },
  ...{ title: "Raad", startsAt: 1, recording: false },
};

/** Two servers' meetings on one database, one of them planned, and what followers of the second hear. */
async function twoServers(t: TestContext, { at }: Engine) {
  const stores = [await openStore(at), await openStore(at)];
  t.after(() => Promise.all(stores.map((store) => store.close())));
  const [here, there] = stores.map(({ record }) => new Meetings({ record, log: makeLog("silent") }));
  assert.ok(here && there);
  const heard: Change[] = [];
  there.follow("the test", (change) => heard.push(change));
  await here.plan(meeting, [plan], { actor, invitations: [] });
  return { here, there, heard };
}

const addItem = (meetings: Meetings, id: string, version?: number) =>
  meetings.execute({ meeting, actor, version, command: { type: "addItem", item: ItemId.parse(id), title: id } });

onEachEngine(
  "what another server did is caught up with, and followers hear each event of it once",
  async (t, engine) => {
    const { here, there, heard } = await twoServers(t, engine);
    await there.catchUp(meeting);
    assert.deepEqual(
      heard.map(({ before, after }) => [before?.version, after.version]),
      [[undefined, 1]],
    );
    await addItem(here, "abcdefgh");
    await addItem(here, "bcdefghj");
    assert.equal(there.peek(meeting)?.version, 1);
    await Promise.all([there.catchUp(meeting), there.catchUp(meeting)]);
    assert.deepEqual(
      heard.slice(1).map(({ before, after, events }) => [before?.version, after.version, events.map((e) => e.version)]),
      [[1, 3, [2, 3]]],
    );
    assert.deepEqual(there.loaded(meeting), here.loaded(meeting));
  },
);

onEachEngine(
  "what was decided on an older state is decided again, after followers heard what came in between",
  async (t, engine) => {
    const { here, there, heard } = await twoServers(t, engine);
    await there.load(meeting);
    await addItem(here, "abcdefgh");
    assert.deepEqual(await addItem(there, "bcdefghj"), { version: 3 });
    assert.deepEqual(
      heard.map(({ after, events }) => [after.version, events.map((e) => e.version)]),
      [
        [2, [2]],
        [3, [3]],
      ],
    );
    assert.deepEqual(
      there.peek(meeting)?.agenda.map(({ id }) => id),
      ["abcdefgh", "bcdefghj"],
    );
  },
);

onEachEngine(
  "two servers that add at the same time add one after the other, and followers hear all of it in order",
  async (t, engine) => {
    const { here, there, heard } = await twoServers(t, engine);
    await there.load(meeting);
    const ids = ["abcdefgh", "bcdefghj", "cdefghjk", "defghjkm", "efghjkmn", "fghjkmnp"];
    const outcomes = await Promise.all(ids.map((id, index) => addItem(index % 2 ? here : there, id)));
    assert.deepEqual(outcomes.map((outcome) => "version" in outcome && outcome.version).sort(), [2, 3, 4, 5, 6, 7]);
    await there.catchUp(meeting);
    assert.deepEqual(
      heard.flatMap(({ events }) => events.map(({ version }) => version)),
      [2, 3, 4, 5, 6, 7],
    );
  },
);

onEachEngine("the state at this moment is that of the store, whoever wrote it", async (t, engine) => {
  const { here, there } = await twoServers(t, engine);
  await there.load(meeting);
  await addItem(here, "abcdefgh");
  assert.equal((await there.load(meeting))?.state.version, 1);
  assert.equal((await there.present(meeting))?.state.version, 2);
  assert.equal(there.peek(meeting)?.version, 2);
});
