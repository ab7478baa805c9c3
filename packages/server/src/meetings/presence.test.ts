import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { type Command, fold, type MeetingEvent, parseEvent, SeatId } from "@raadhuis/meeting";
import { CLOSE_LEFT, type Settings } from "@raadhuis/protocol";
import type { HouseOptions } from "../house.ts";
import { makeLog } from "../log.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { type Line, Visitor } from "../testing/visitor.ts";
import { Presence } from "./presence.ts";

const PORT = 24500;
/** Longer than any of these tests. */
const never = { graceMs: 600_000, floorGraceMs: 600_000 };

/** An open meeting in which one member has the floor and another one asks for it, as its clerk sees it. */
async function debate(t: TestContext, settings: Settings, options: Partial<HouseOptions>) {
  const house = await houseFor(t, settings, options);
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const officePath = `/api/office/meetings/${meeting}/socket`;
  const office = await clerk.open(officePath);
  const sit = async (index: number) => {
    const visitor = new Visitor(house.url);
    const line = await visitor.sit(links[index]!.link);
    await change(office, "seat.arrived");
    return { visitor, line, seat: links[index]!.seat };
  };
  const chair = await sit(0);
  const speaker = await sit(1);
  const asking = await sit(2);
  for (const [{ line }, command] of [
    [chair, { type: "openMeeting" }],
    [chair, { type: "giveFloor", seat: speaker.seat }],
    [asking, { type: "raiseHand" }],
  ] as const)
    assert.equal((await line.command(command)).type, "done", command.type);
  return { house, clerk, officePath, office, speaker, asking };
}

/** The types of the events that came together with the first of this type. */
async function change(line: Line, type: MeetingEvent["type"]): Promise<string[]> {
  const typesOf = (events: unknown[]) => events.map((event) => parseEvent(event).type);
  const { events } = await line.next("events", ({ events }) => typesOf(events).includes(type));
  return typesOf(events);
}

test("whoever presses Leave is gone at once, with floor and hand", async (t) => {
  const { office, speaker, asking } = await debate(t, testSettings(PORT), never);
  speaker.line.socket.close(CLOSE_LEFT);
  assert.deepEqual(await change(office, "seat.left"), ["seat.left", "floor.taken"]);
  asking.line.socket.close(CLOSE_LEFT);
  assert.deepEqual(await change(office, "seat.left"), ["seat.left", "hand.lowered"]);
});

test("whoever stands in the lobby is nowhere: no arrival, no ticket; whoever goes back to it has left", async (t) => {
  const house = await houseFor(t, testSettings(PORT + 4), { graceMs: 50 });
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  const { version } = await office.welcome();
  const visitor = new Visitor(house.url);
  const seat = await visitor.redeem(links[0]!.link);
  const path = `/api/seats/${seat}/socket`;
  const lobby = await visitor.open(path, { enter: false });
  await lobby.welcome();
  lobby.say({ type: "ticket" });
  assert.equal((await lobby.next("refused")).code, "command.malformed");
  assert.equal((await (await visitor.open(path, { enter: false })).welcome()).version, version);

  lobby.say({ type: "enter" });
  await lobby.next("media");
  assert.deepEqual(await change(office, "seat.arrived"), ["seat.arrived"]);
  await visitor.open(path, { enter: false });
  lobby.socket.terminate();
  assert.deepEqual(await change(office, "seat.left"), ["seat.left"]);
});

test("whoever presses Leave in one page is here for as long as another one is open", async (t) => {
  const { office, speaker } = await debate(t, testSettings(PORT + 1), never);
  const other = await speaker.visitor.open(`/api/seats/${speaker.seat}/socket`);
  await other.welcome();
  speaker.line.socket.close(CLOSE_LEFT);
  await speaker.line.closed;
  assert.equal((await other.command({ type: "takeFloor", seat: speaker.seat })).type, "done");
  other.socket.close(CLOSE_LEFT);
  assert.deepEqual(await change(office, "seat.left"), ["seat.left"]);
});

test("whoever is cut off has left soon, loses the floor later, and keeps their hand up", async (t) => {
  const { clerk, officePath, office, speaker, asking } = await debate(t, testSettings(PORT + 2), {
    graceMs: 50,
    floorGraceMs: 1_500,
  });
  asking.line.socket.terminate();
  speaker.line.socket.terminate();
  assert.deepEqual(await change(office, "seat.left"), ["seat.left"]);
  assert.deepEqual(await change(office, "seat.left"), ["seat.left"]);
  assert.deepEqual(await change(office, "floor.taken"), ["floor.taken"]);
  const { floor } = await (await clerk.open(officePath)).welcome();
  assert.deepEqual(floor, { holder: null, queue: [asking.seat] });
});

test("the floor of whoever was cut off ends also when the house begins anew in between", async (t) => {
  const settings = testSettings(PORT + 3);
  const { house, clerk, officePath, office, speaker } = await debate(t, settings, { ...never, graceMs: 50 });
  speaker.line.socket.terminate();
  await change(office, "seat.left");
  await house.close();
  await houseFor(t, settings, { ...never, floorGraceMs: 300 });
  const after = await clerk.open(officePath);
  if ((await after.welcome()).floor.holder !== null) await change(after, "floor.taken");
  const { floor } = await (await clerk.open(officePath)).welcome();
  assert.equal(floor.holder, null);
});

/** A member who has the floor; whether a page of theirs is open is for the test to say. */
function speaker(t: TestContext) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const seat = SeatId.parse("seatanna1");
  const planned = { kind: "closed", startsAt: 1, recording: false };
  const steps = [
    ["meeting.planned", planned, { body: "Raad", title: "Vergadering" }],
    ["seat.assigned", { seat, role: "member" }, { name: "Anna", party: null }],
    ["seat.arrived", { seat }, null],
    ["meeting.opened", { epoch: 1 }, null],
    ["floor.given", { seat }, null],
  ] as const;
  const events = steps.map(([type, structure, payload], index) =>
    parseEvent({ meeting: "meeting123", version: index + 1, at: 1, by: { kind: "house" }, type, structure, payload }),
  );
  const state = fold(events);
  assert.ok(state);
  const said: Command["type"][] = [];
  let here = true;
  const presence = new Presence({
    meetings: {
      peek: () => state,
      execute: async ({ command }) => {
        said.push(command.type);
        return { version: state.version };
      },
    },
    hub: { isHere: () => here },
    log: makeLog("error"),
  });
  t.after(() => presence.stop());
  const is = (now: boolean) => {
    here = now;
    presence.check(state.id);
  };
  return { said, is, after: (seconds: number) => t.mock.timers.tick(seconds * 1000) };
}

test("whoever is cut off leaves after ten seconds, and has the floor for thirty", (t) => {
  const { said, is, after } = speaker(t);
  is(false);
  after(9);
  assert.deepEqual(said, []);
  after(1);
  assert.deepEqual(said, ["leave"]);
  after(19);
  assert.deepEqual(said, ["leave"]);
  after(1);
  assert.deepEqual(said, ["leave", "takeFloor"]);
});

test("whoever is back in time keeps the floor, and has all that time again", (t) => {
  const { said, is, after } = speaker(t);
  is(false);
  after(29);
  is(true);
  after(60);
  assert.deepEqual(said, ["leave"]);
  is(false);
  after(29);
  assert.deepEqual(said, ["leave", "leave"]);
  after(1);
  assert.equal(said.at(-1), "takeFloor");
});
