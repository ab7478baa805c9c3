import assert from "node:assert/strict";
import { test } from "node:test";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

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
  assert.equal((await chair.next("media")).ticket.room, `${meeting}-1`);
  const member = await new Visitor(house.url).sit(memberLink!);
  await member.welcome();
  await office.event("seat.arrived");
  await office.event("seat.arrived");

  assert.equal((await member.command({ type: "openMeeting" })).type, "refused");
  assert.equal((await chair.command({ type: "openMeeting" })).type, "done");
  assert.equal((await member.event("meeting.opened")).structure.epoch, 2);
  const { ticket } = await member.next("media", (message) => message.ticket.epoch === 2);
  assert.equal(ticket.room, `${meeting}-2`);
  assert.equal((await chair.command({ type: "startItem", item: state.agenda[1]!.id })).type, "done");
  assert.equal((await office.event("item.started")).structure.item, state.agenda[1]!.id);
});
