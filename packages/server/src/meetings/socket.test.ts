import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, parseEvent } from "@raadhuis/meeting";
import { PROTOCOL_VERSION } from "@raadhuis/protocol/socket";
import { A_MEETING, houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { NotUpgraded } from "../testing/line.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24060;

test("a meeting's socket", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  // Each seat has its budget: what uses one up has a seat of its own.
  const more = ["Eva Lid", "Fenna Lid"].map((name) => ({ name, party: null, role: "member" as const }));
  const { meeting, links } = await planMeeting(clerk, { seats: [...A_MEETING.seats, ...more] });
  const sit = (index: number) => new Visitor(house.url).sit(links[index]!.link);
  const codeOf = (answer: { type: string; code?: string }) => answer.code ?? answer.type;

  await t.test("what is malformed is refused with a code, and the socket stays", async () => {
    const chair = await sit(0);
    await chair.welcome();
    for (const wrong of ["{", "null", "[]", '{"type":"shout"}', '{"type":"hello"}', '{"type":"command","id":7}']) {
      chair.say(wrong);
      assert.equal((await chair.next("refused")).code, "command.malformed");
    }
    assert.equal(codeOf(await chair.command({ type: "dance" })), "command.unknown");
    assert.equal(codeOf(await chair.command({ type: "addItem", item: "x" })), "command.malformed");
    assert.equal(
      codeOf(await chair.command({ type: "addItem", item: "abcdefgh", title: "x".repeat(400) })),
      "command.malformed",
    );
    assert.equal(codeOf(await chair.command({ type: "raiseHand", seat: links[1]!.seat })), "command.malformed");
    chair.socket.send(Buffer.from([1, 2, 3]));
    assert.equal((await chair.next("refused")).code, "command.malformed");
    assert.equal(codeOf(await chair.command({ type: "addItem", item: "abcdefgh", title: "Rondvraag" })), "done");
    await chair.close();
  });

  await t.test("more than 64 kB is refused and the sender told; far more closes the socket", async () => {
    const member = await sit(4);
    await member.welcome();
    member.say({ type: "command", id: "big", command: { type: "addItem", title: "x".repeat(70_000) } });
    assert.equal((await member.next("refused")).code, "request.too-large");
    member.say("x".repeat(2_000_000));
    assert.equal(await member.closed, 1009);
  });

  await t.test("a command before hello is refused", async () => {
    const visitor = new Visitor(house.url);
    const seat = await visitor.redeem(links[0]!.link);
    const line = await visitor.open(`/api/seats/${seat}/socket`, { hello: false });
    const answer = await line.command({ type: "openMeeting" });
    assert.equal(codeOf(answer), "command.malformed");
    line.say({ type: "ticket" });
    assert.equal((await line.next("refused")).code, "command.malformed");
    await line.close();
  });

  await t.test("a page of another version of the protocol is told to load again", async () => {
    const visitor = new Visitor(house.url);
    const seat = await visitor.redeem(links[0]!.link);
    const line = await visitor.open(`/api/seats/${seat}/socket`, { hello: false });
    line.say({ type: "hello", protocol: 999, since: 0 });
    assert.equal((await line.next("out")).code, "page.outdated");
    await line.closed;
  });

  await t.test("a command from the wrong role, or in another's name, is refused", async () => {
    const member = await sit(1);
    const { seats } = await member.welcome();
    assert.equal(codeOf(await member.command({ type: "openMeeting" })), "role.not-allowed");
    assert.equal(codeOf(await member.command({ type: "removeSeat", seat: seats[0]!.id })), "role.not-allowed");
    assert.equal(codeOf(await member.command({ type: "leave", seats: [seats[0]!.id] })), "role.not-allowed");
    const plan = { type: "planMeeting", kind: "public", body: "B", title: "T", startsAt: 1, recording: false };
    assert.equal(codeOf(await member.command(plan)), "meeting.exists");
    await member.close();
  });

  await t.test("a command on an older state than the present one is refused when it says which it saw", async () => {
    const chair = await sit(0);
    const { version } = await chair.welcome();
    const item = { type: "addItem", item: "hjkmnpqr", title: "Nagekomen" };
    assert.equal(codeOf(await chair.command(item, { version: version - 1 })), "state.outdated");
    await chair.close();
  });

  await t.test("a repeated command is answered and not done twice, over another socket too", async () => {
    const chair = await sit(0);
    await chair.welcome();
    const id = crypto.randomUUID();
    const first = await chair.command({ type: "addItem", item: "stuvwxyz", title: "Eenmaal" }, { id });
    await chair.close();
    const again = await sit(0);
    const second = await again.command({ type: "addItem", item: "stuvwxyz", title: "Eenmaal" }, { id });
    assert.deepEqual(second, first);
    // The same id of somebody else is another command.
    const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
    assert.equal(
      codeOf(await office.command({ type: "addItem", item: "stuvwxyz", title: "Eenmaal" }, { id })),
      "item.exists",
    );
    await Promise.all([again.close(), office.close()]);
  });

  await t.test("a page that was away gets the events it missed, and no other", async () => {
    const visitor = new Visitor(house.url);
    const seat = await visitor.redeem(links[1]!.link);
    const path = `/api/seats/${seat}/socket`;
    const line = await visitor.open(path);
    const before = await line.welcome();
    const known = line.place;
    await line.close();
    const chair = await sit(0);
    await chair.command({ type: "addItem", item: "bbbbbbbb", title: "Gemist" });
    const back = await visitor.open(path, { known });
    const { events = [], state, from } = await back.next("welcome");
    assert.equal(state, undefined);
    const after = fold(
      events.map((event, index) => parseEvent({ ...event, meeting, version: before.version + 1 + index })),
      before,
    );
    assert.deepEqual(after?.agenda.at(-1)?.title, "Gemist");
    // Its count goes on from where it began, however often it comes back.
    assert.equal(
      (await (await visitor.open(path, { known: { from, since: back.place.since } })).next("welcome")).state,
      undefined,
    );
    for (const other of [{ ...known, since: 100_000 }, { since: 1 }, { from: chair.place.from!, since: 1 }])
      await (await visitor.open(path, { known: other })).welcome();
    await Promise.all([back.close(), chair.close()]);
  });

  await t.test("commands of many at once all come through, each answered once", async () => {
    const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
    const chair = await sit(0);
    await Promise.all([office.welcome(), chair.welcome()]);
    const add = (line: typeof chair, n: number) =>
      line.command({ type: "addItem", item: `cccccc${10 + n}`, title: `Punt ${n}` });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => add(n % 2 ? office : chair, n)));
    assert.deepEqual(new Set(answers.map(codeOf)), new Set(["done"]));
    const later = await clerk.open(`/api/office/meetings/${meeting}/socket`);
    const titles = (await later.welcome()).agenda.map(({ title }) => title);
    assert.equal(titles.filter((title) => title?.startsWith("Punt ")).length, 20);
    await later.close();
    await Promise.all([office.close(), chair.close()]);
  });

  await t.test("hello is said once: it is answered with the whole meeting", async () => {
    const chair = await sit(0);
    await chair.welcome();
    chair.say({ type: "hello", protocol: PROTOCOL_VERSION, since: 0 });
    assert.equal((await chair.next("refused")).code, "command.malformed");
    await chair.close();
  });

  await t.test("a socket on which nobody says hello is closed", async () => {
    const visitor = new Visitor(house.url);
    const seat = await visitor.redeem(links[3]!.link);
    const silent = await visitor.open(`/api/seats/${seat}/socket`, { hello: false });
    silent.say({ type: "ticket" });
    const late = setTimeout(() => assert.fail("It is still open."), 25_000);
    assert.equal(await silent.closed, 1008);
    clearTimeout(late);
  });

  await t.test("somebody who presses quickly is answered each time", async () => {
    const chair = await sit(0);
    await chair.welcome();
    const answers = await Promise.all(Array.from({ length: 60 }, () => chair.command({ type: "openDoors" })));
    assert.deepEqual(new Set(answers.map(codeOf)), new Set(["meeting.not-open"]));
    await chair.close();
  });

  await t.test("somebody who asks too quickly is answered late, and not put out", async () => {
    const hasty = await sit(5);
    await hasty.welcome();
    // Some hundred at once, and five a second (http/allowance.ts): what is read after 120 comes four seconds after the
    // first, however long the machine took for the hundred.
    const began = performance.now();
    await Promise.all(Array.from({ length: 120 }, () => hasty.command({ type: "openDoors" })));
    assert.equal((await hasty.command({ type: "openDoors" })).type, "refused");
    assert.ok(performance.now() - began > 3_500, "nothing is read from them meanwhile");
    await hasty.close();
  });

  await t.test("nor does it help to ask over many pages: a seat has one budget, and few pages", async () => {
    const visitor = new Visitor(house.url);
    const first = await visitor.sit(links[2]!.link);
    const path = `/api/seats/${links[2]!.seat}/socket`;
    const others = await Promise.all(Array.from({ length: 16 }, () => visitor.open(path, { hello: false })));
    await first.closed;
    // Some hundred at once and five a second (http/allowance.ts), of which seventeen pages that opened have used half.
    const answered = others.map(async (line) => {
      for (let i = 0; i < 4; i++) line.say({ type: "command", id: `page-${i}`, command: { type: "raiseHand" } });
      for (let i = 0; i < 4; i++) await line.next("refused");
    });
    await Promise.all(answered);
    await assert.rejects(visitor.open(path), (error) => error instanceof NotUpgraded && error.status === 429);
    for (const line of others) line.socket.terminate();
  });
});

test("whoever stands in the lobby does nothing: they have not been seen to come", async (t) => {
  const house = await houseFor(t, testSettings(PORT + 6));
  const { links } = await planMeeting(await setUp(house));
  const visitor = new Visitor(house.url);
  const seat = await visitor.redeem(links[0]!.link);
  const chair = await visitor.open(`/api/seats/${seat}/socket`, { enter: false });
  await chair.welcome();
  const refused = await chair.command({ type: "openMeeting" });
  assert.equal(refused.type === "refused" && refused.code, "seat.not-admitted");
  chair.say({ type: "enter" });
  assert.equal((await chair.command({ type: "openMeeting" })).type, "done");
});
