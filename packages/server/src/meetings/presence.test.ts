import assert from "node:assert/strict";
import { once } from "node:events";
import { type TestContext, test } from "node:test";
import { type Command, decide, fold, type MeetingEvent, parseEvent, SeatId, stamp } from "@raadhuis/meeting";
import type { Settings } from "@raadhuis/protocol/settings";
import { CLOSE_LEFT, PROTOCOL_VERSION, ServerMessage } from "@raadhuis/protocol/socket";
import { WebSocket } from "ws";
import type { HouseOptions } from "../house.ts";
import { makeLog } from "../log.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import type { Line } from "../testing/line.ts";
import { Visitor } from "../testing/visitor.ts";
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
  const typesOf = (events: Record<string, unknown>[]) => events.map((event) => String(event.type));
  const { events } = await line.next("events", ({ events }) => typesOf(events).includes(type));
  return typesOf(events);
}

test("whoever presses Leave is gone at once, with floor and hand", async (t) => {
  const { clerk, officePath, office, speaker, asking } = await debate(t, testSettings(PORT), never);
  speaker.line.socket.close(CLOSE_LEFT);
  assert.deepEqual(await change(office, "seat.left"), ["seat.left"]);
  asking.line.socket.close(CLOSE_LEFT);
  assert.deepEqual(await change(office, "seat.left"), ["seat.left"]);
  const { floor } = await (await clerk.open(officePath)).welcome();
  assert.deepEqual(floor, { holder: null, queue: [] });
});

test("whoever stands in the lobby is nowhere: no arrival, no ticket; whoever goes back to it has left", async (t) => {
  const house = await houseFor(t, testSettings(PORT + 4), { graceMs: 50 });
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  const before = await office.welcome();
  const visitor = new Visitor(house.url);
  const seat = await visitor.redeem(links[0]!.link);
  const path = `/api/seats/${seat}/socket`;
  const lobby = await visitor.open(path, { enter: false });
  await lobby.welcome();
  lobby.say({ type: "ticket" });
  assert.equal((await lobby.next("refused")).code, "command.malformed");
  assert.deepEqual(await (await visitor.open(path, { enter: false })).welcome(), before);

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
  // In one event or in two: whoever goes within a second of another one is told of with the next.
  const left = new Set<unknown>();
  while (left.size < 2) {
    const { structure } = await office.event("seat.left");
    for (const seat of SeatId.array().parse(structure.seats)) left.add(seat);
  }
  assert.deepEqual(left, new Set([asking.seat, speaker.seat]));
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

type Said = [type: Command["type"], seats: number];

/** Presence on a meeting that these events have made. Whose pages are open is for the test to say. */
function watched(
  t: TestContext,
  steps: readonly (readonly [type: string, structure: object, payload: object | null])[],
) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const by = { kind: "house", part: "presence" };
  const events = steps.map(([type, structure, payload], index) =>
    parseEvent({ meeting: "meeting123", version: index + 1, at: 1, by, type, structure, payload }),
  );
  let state = fold(events);
  assert.ok(state);
  const { id } = state;
  const said: Said[] = [];
  const here = new Set<SeatId>();
  const presence = new Presence({
    meetings: {
      peek: () => state,
      execute: async ({ meeting, command, actor }) => {
        const decision = decide(state, command, { actor, now: 1 });
        assert.ok("events" in decision);
        said.push([command.type, "seats" in command ? command.seats.length : 1]);
        state = fold(stamp(decision.events, { meeting, version: state!.version, at: 1, by: actor }), state);
        return { version: state!.version };
      },
    },
    hub: { isHere: (_meeting, seat) => here.has(seat) },
    log: makeLog("error"),
  });
  t.after(() => presence.stop());
  const is = (seat: SeatId, now: boolean) => {
    if (now) here.add(seat);
    else here.delete(seat);
    presence.check(id);
  };
  return { id, presence, said, is, after: (seconds: number) => t.mock.timers.tick(seconds * 1000) };
}

const planned = [
  "meeting.planned",
  { kind: "private", startsAt: 1, recording: false, bodyId: null, organId: null },
  { body: "Raad", organ: null, title: "Vergadering" },
] as const;

/** A member who has the floor. */
function speaker(t: TestContext) {
  const seat = SeatId.parse("seatanna1");
  const { said, is, after } = watched(t, [
    planned,
    ["seat.assigned", { seat, role: "member" }, { name: "Anna", party: null }],
    ["seat.arrived", { seats: [seat] }, null],
    ["meeting.opened", { epoch: 1 }, null],
    ["floor.given", { seat }, null],
  ]);
  const types = () => said.map(([type]) => type);
  return { types, is: (now: boolean) => is(seat, now), after };
}

/** A meeting to which nobody has come yet. */
function hall(t: TestContext, people: number) {
  const seats = Array.from({ length: people }, (_, index) => SeatId.parse(`seat${1000 + index}`));
  const steps = seats.map((seat) => ["seat.assigned", { seat, role: "member" }, { name: seat, party: null }] as const);
  const { id, presence, said, is, after } = watched(t, [planned, ...steps]);
  return {
    acts: (seat: number) => presence.acts(id, seats[seat]!),
    leaves: (seat: number) => {
      is(seats[seat]!, false);
      presence.left(id, seats[seat]!);
    },
    said,
    after,
    come: (seat: number) => is(seats[seat]!, true),
    go: (seat: number) => is(seats[seat]!, false),
  };
}

test("whoever is cut off leaves after ten seconds, and has the floor for thirty", (t) => {
  const { types, is, after } = speaker(t);
  is(false);
  after(9);
  assert.deepEqual(types(), []);
  after(1);
  assert.deepEqual(types(), ["leave"]);
  after(19);
  assert.deepEqual(types(), ["leave"]);
  after(1);
  assert.deepEqual(types(), ["leave", "takeFloor"]);
});

test("whoever is back in time keeps the floor, and has all that time again", (t) => {
  const { types, is, after } = speaker(t);
  is(false);
  after(29);
  is(true);
  after(60);
  assert.deepEqual(types(), ["leave", "arrive"]);
  is(false);
  after(29);
  assert.deepEqual(types(), ["leave", "arrive", "leave"]);
  after(1);
  assert.equal(types().at(-1), "takeFloor");
});

test("those who come within a second are told of together, and those who drop out too", (t) => {
  const { said, come, go, after } = hall(t, 300);
  come(0);
  for (let seat = 1; seat < 300; seat++) come(seat);
  assert.deepEqual(said, [["arrive", 1]]);
  after(1);
  assert.deepEqual(said.splice(0), [
    ["arrive", 1],
    ["arrive", 299],
  ]);
  after(5);
  for (let seat = 0; seat < 300; seat++) go(seat);
  after(10);
  after(1);
  assert.equal(said.length, 2);
  assert.equal(
    said.reduce((all, [, seats]) => all + seats, 0),
    300,
  );
});

test("whoever came and went again within that second was here all the same", (t) => {
  const { said, come, go, after } = hall(t, 2);
  come(0);
  come(1);
  go(1);
  after(1);
  assert.deepEqual(said, [
    ["arrive", 1],
    ["arrive", 1],
  ]);
  after(1);
  after(10);
  assert.deepEqual(said.at(-1), ["leave", 1]);
});

test("whoever does something a moment after they came is written down before it, and so is whoever leaves again", (t) => {
  const { said, come, acts, leaves } = hall(t, 3);
  for (const seat of [0, 1, 2]) come(seat);
  assert.deepEqual(said, [["arrive", 1]]);
  acts(0);
  assert.equal(said.length, 1);
  leaves(1);
  assert.deepEqual(said.slice(1), [
    ["arrive", 2],
    ["leave", 1],
  ]);
});

test("a page that comes back and asks for the floor at once is not told that it is absent", async (t) => {
  const { house, office, asking } = await debate(t, testSettings(PORT + 5), { graceMs: 50 });
  asking.line.socket.terminate();
  await change(office, "seat.left");
  assert.equal((await office.command({ type: "lowerHand", seat: asking.seat })).type, "done");
  const back = new WebSocket(`${house.url.replace("http", "ws")}/api/seats/${asking.seat}/socket`, {
    headers: { cookie: asking.visitor.cookies(`/api/seats/${asking.seat}`), origin: house.url },
  });
  t.after(() => back.terminate());
  await once(back, "open");
  const heard: string[] = [];
  const answered = new Promise((resolve) => {
    back.on("message", (data) => {
      const message = ServerMessage.parse(JSON.parse(String(data)));
      heard.push(message.type);
      if (message.type === "done" || message.type === "refused") resolve(message);
    });
  });
  for (const message of [
    { type: "hello", protocol: PROTOCOL_VERSION, since: 0 },
    { type: "enter" },
    { type: "command", id: "hand", command: { type: "raiseHand" } },
  ])
    back.send(JSON.stringify(message));
  assert.deepEqual(await answered, { type: "done", id: "hand" }, heard.join());
});
