import assert from "node:assert/strict";
import { test } from "node:test";
import { type Command, ItemId, MeetingId } from "@raadhuis/meeting";
import { makeLog } from "../log.ts";
import { openStore } from "../store/store.ts";
import { emptyDatabase } from "../testing/engines.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";
import { Meetings } from "./meetings.ts";

const PORT = 24020;

test("a clerk makes a meeting, people come in by their links, and what one does the others hear", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const [chairLink, memberLink] = links.map(({ link }) => link);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  assert.equal((await office.welcome()).phase, "planned");

  const chair = await new Visitor(house.url).sit(chairLink!);
  const state = await chair.welcome();
  assert.equal(state.seats.length, 4);
  assert.equal((await chair.ticket()).room, `${meeting}-1`);
  const member = await new Visitor(house.url).sit(memberLink!);
  await member.welcome();
  await office.event("seat.arrived");
  await office.event("seat.arrived");

  assert.equal((await member.command({ type: "openMeeting" })).type, "refused");
  assert.equal((await chair.command({ type: "openMeeting" })).type, "done");
  assert.equal((await member.event("meeting.opened")).structure.epoch, 2);
  const ticket = await member.ticket(({ epoch }) => epoch === 2);
  assert.equal(ticket.room, `${meeting}-2`);
  assert.equal((await chair.command({ type: "startItem", item: state.agenda[1]!.id })).type, "done");
  assert.equal((await office.event("item.started")).structure.item, state.agenda[1]!.id);
});

test("a meeting stays as it is known while nothing can be written, and goes on from there afterwards", async (t) => {
  const store = await openStore(await emptyDatabase(t));
  t.after(() => store.close());
  let full = false;
  const append: typeof store.record.append = (what) =>
    full ? Promise.reject(new Error("The disk is full.")) : store.record.append(what);
  const meetings = new Meetings({ record: { ...store.record, append }, log: makeLog("silent") });
  const meeting = MeetingId.parse("abcdefgh23456789");
  const actor = { kind: "account", account: null } as const;
  const plan: Command = {
    ...{ type: "planMeeting", kind: "public", bodyId: null, body: "Voorbeeld", organId: null, organ: null },
    ...{ title: "Raad", startsAt: 1, recording: false },
  };
  await meetings.plan(meeting, [plan], { actor, invitations: [] });
  const addItem = (id: string) =>
    meetings.execute({ meeting, actor, command: { type: "addItem", item: ItemId.parse(id), title: "Opening" } });

  full = true;
  await assert.rejects(addItem("abcdefgh"), /disk is full/);
  assert.equal(meetings.peek(meeting)?.version, 1);
  full = false;
  assert.deepEqual(await addItem("bcdefghj"), { version: 2 });
});
