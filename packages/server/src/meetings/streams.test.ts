import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { AccountId, type Command, MeetingId, SeatId } from "@raadhuis/meeting";
import type { Settings } from "@raadhuis/protocol/settings";
import { ServerMessage } from "@raadhuis/protocol/socket";
import { makeLog } from "../log.ts";
import { openStore } from "../store/store.ts";
import { emptyDatabase } from "../testing/engines.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import type { Line } from "../testing/line.ts";
import { notes } from "../testing/notes.ts";
import { Visitor } from "../testing/visitor.ts";
import type { Page } from "./hub.ts";
import { Meetings } from "./meetings.ts";
import { Streams } from "./streams.ts";

const PORT = 24560;

/** An open meeting of a house that has notes, with its chair, a member, a citizen and the office in it. */
async function council(t: TestContext, settings: Settings) {
  const house = await houseFor(t, settings, { streams: [notes] });
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const officePath = `/api/office/meetings/${meeting}/socket`;
  const office = await clerk.open(officePath);
  await office.welcome();
  const sit = async (index: number) => {
    const visitor = new Visitor(house.url);
    const seat = await visitor.redeem(links[index]!.link);
    const path = `/api/seats/${seat}/socket`;
    const line = await visitor.open(path);
    await line.welcome();
    return { visitor, seat, path, line };
  };
  const [chair, member, citizen] = [await sit(0), await sit(1), await sit(3)];
  assert.equal((await chair.line.command({ type: "openMeeting" })).type, "done");
  return { house, clerk, meeting: MeetingId.parse(meeting), officePath, office, chair, member, citizen, sit };
}

/** The code of a refusal, or the number that it got. */
const say = async (line: Line, key: string, text: string, options: { id?: string; after?: number } = {}) => {
  const answer = await line.append(key, { text }, options);
  return answer.type === "refused" ? answer.code : answer.number;
};

type Heard = { number: number; body: Record<string, unknown> | null };
const asText = ({ number, body }: Heard) => `${number} ${body?.text ?? "(erased)"}`;

/** The next that this audience is told. */
const told = async (line: Line, key: string) => {
  const { messages, more } = await line.next("stream", ({ stream, audience }) => `${stream}/${audience}` === key);
  return [...messages.map(asText), ...(more ? ["more"] : [])];
};

const erased = async (line: Line) => {
  const { audience, through, numbers } = await line.next("erased");
  return { audience, through, numbers };
};

/** Of streams nothing was heard that was not asked for: whatever was sent to this page before comes before the answer. */
async function hearsNothing(line: Line) {
  assert.equal((await line.append("none/none", {})).type, "refused");
  const heard = line.heard.filter(({ type }) => type === "stream" || type === "erased");
  assert.deepEqual(heard, []);
}

test("everybody hears what everybody is told, the desk what the desk is told, each with numbers of its own", async (t) => {
  const { office, chair, member } = await council(t, testSettings(PORT));
  assert.equal(await say(chair.line, "notes/desk", "Een"), 1);
  assert.equal(await say(member.line, "notes/all", "Hallo"), 1);
  assert.equal(await say(office, "notes/desk", "Twee"), 2);
  assert.equal(await say(chair.line, "notes/all", "Dag"), 2);
  for (const line of [office, chair.line]) {
    assert.deepEqual(await told(line, "notes/desk"), ["1 Een"]);
    assert.deepEqual(await told(line, "notes/desk"), ["2 Twee"]);
  }
  for (const line of [office, chair.line, member.line]) {
    const { messages } = await line.next("stream");
    assert.deepEqual(
      messages.map(({ number, by, body }) => ({ number, by, body })),
      [{ number: 1, by: { kind: "seat", seat: member.seat }, body: { text: "Hallo" } }],
    );
    assert.deepEqual(await told(line, "notes/all"), ["2 Dag"]);
    await hearsNothing(line);
  }
});

test("whoever was away hears what they missed of each audience, and what of it was erased, and nothing twice", async (t) => {
  const settings = testSettings(PORT + 1);
  const { house, clerk, meeting, officePath, chair, member } = await council(t, settings);
  for (const text of ["a", "b", "c"]) await say(chair.line, "notes/all", text);
  await say(chair.line, "notes/desk", "x");
  await member.line.close();
  const all = { meeting, stream: "notes", audience: "all" };
  await say(chair.line, "notes/all", "d");
  await house.streams.erase(all, [2, 4, 99]);
  assert.deepEqual(await erased(chair.line), { audience: "all", through: 0, numbers: [2, 4] });
  await say(chair.line, "notes/all", "e");

  const back = await member.visitor.open(member.path, { streams: { "notes/all": 3, "notes/desk": 1 } });
  assert.deepEqual(await erased(back), { audience: "all", through: 0, numbers: [2] });
  assert.deepEqual(await told(back, "notes/all"), ["4 (erased)", "5 e"]);
  await hearsNothing(back);
  // The same over a house that began anew, for a page that has everything but the erasures, and for one that has nothing.
  await house.close();
  const again = await houseFor(t, settings, { streams: [notes] });
  const knows = await member.visitor.open(member.path, { streams: { "notes/all": 5 } });
  assert.deepEqual(await erased(knows), { audience: "all", through: 0, numbers: [2, 4] });
  const office = await clerk.open(officePath);
  assert.deepEqual(await told(office, "notes/all"), ["1 a", "2 (erased)", "3 c", "4 (erased)", "5 e"]);
  assert.deepEqual(await told(office, "notes/desk"), ["1 x"]);
  assert.equal(await say(office, "notes/all", "f"), 6);
  for (const line of [knows, office]) assert.deepEqual(await told(line, "notes/all"), ["6 f"]);

  await again.streams.erase(all, "all");
  for (const line of [knows, office]) assert.equal((await erased(line)).through, 6);
  assert.equal(await say(office, "notes/all", "g"), 7);
  for (const line of [knows, office]) assert.deepEqual(await told(line, "notes/all"), ["7 g"]);
  const late = await member.visitor.open(member.path, { streams: { "notes/all": 5 } });
  assert.deepEqual(await erased(late), { audience: "all", through: 6, numbers: [] });
  for (const line of [late, await member.visitor.open(member.path)]) {
    assert.deepEqual(await told(line, "notes/all"), ["7 g"]);
    await hearsNothing(line);
  }
});

test("an append that names another number than the last is refused; one of two at once is done", async (t) => {
  const { chair, member } = await council(t, testSettings(PORT + 2));
  assert.equal(await say(chair.line, "notes/all", "a", { after: 0 }), 1);
  assert.equal(await say(member.line, "notes/all", "b", { after: 0 }), "stream.outdated");
  const both = await Promise.all([chair, member].map(({ line }) => say(line, "notes/all", "c", { after: 1 })));
  assert.deepEqual(both.sort(), [2, "stream.outdated"]);
  assert.equal(await say(member.line, "notes/all", "d"), 3);
});

test("an append that is repeated is answered and not done twice, over another socket and after it was erased, too", async (t) => {
  const { house, meeting, chair, member } = await council(t, testSettings(PORT + 3));
  const once = { id: "the-same", after: 0 };
  assert.equal(await say(member.line, "notes/all", "a", once), 1);
  assert.equal(await say(chair.line, "notes/all", "b", { id: "the-same" }), 2, "of another author it is another one");
  await member.line.close();
  await house.streams.erase({ meeting, stream: "notes", audience: "all" }, "all");
  const back = await member.visitor.open(member.path);
  await back.welcome();
  assert.equal(await say(back, "notes/all", "a", once), 1);
  assert.equal(await say(back, "notes/all", "c"), 3);
  assert.deepEqual(await told(back, "notes/all"), ["3 c"]);
});

test("whoever is outside closed doors, in the lobby or removed is told nothing; let in again they go on from there", async (t) => {
  const { house, meeting, chair, citizen, sit } = await council(t, testSettings(PORT + 4));
  const all = { meeting, stream: "notes", audience: "all" };
  const guest = await sit(2);
  const lobby = await guest.visitor.open(guest.path, { enter: false });
  await lobby.welcome();
  await say(chair.line, "notes/all", "a");
  assert.deepEqual(await told(citizen.line, "notes/all"), ["1 a"]);
  assert.deepEqual(await told(guest.line, "notes/all"), ["1 a"]);
  assert.equal(await say(lobby, "notes/all", "x"), "seat.not-admitted");
  await hearsNothing(lobby);
  lobby.say({ type: "enter" });
  assert.deepEqual(await told(lobby, "notes/all"), ["1 a"]);

  await chair.line.command({ type: "closeDoors" });
  await say(chair.line, "notes/all", "b");
  await house.streams.erase(all, [1]);
  const outside = await citizen.visitor.open(citizen.path, { streams: { "notes/all": 1 } });
  for (const line of [citizen.line, outside]) {
    assert.equal((await line.next("out")).code, "doors.closed");
    for (const [key, after] of [
      ["notes/all", 2],
      ["notes/all", 0],
      ["notes/none", 0],
      ["none/none", 0],
    ] as const)
      assert.equal(await say(line, key, "x", { after }), "seat.not-admitted");
    await hearsNothing(line);
  }
  await chair.line.command({ type: "openDoors" });
  for (const line of [citizen.line, outside]) {
    assert.deepEqual(await erased(line), { audience: "all", through: 0, numbers: [1] });
    assert.deepEqual(await told(line, "notes/all"), ["2 b"]);
    await hearsNothing(line);
  }

  await chair.line.command({ type: "removeSeat", seat: citizen.seat });
  await say(chair.line, "notes/all", "c");
  await citizen.line.closed;
  assert.deepEqual(
    citizen.line.heard.filter(({ type }) => type === "stream"),
    [],
  );
});

test("what is not there, not theirs, not of the right shape or too long is refused with a code", async (t) => {
  const { chair, member } = await council(t, testSettings(PORT + 5));
  const { line } = member;
  for (const key of ["none/all", "notes/none", "notes/desk", "notes/..", "notes/__proto__", "__proto__/all"])
    assert.equal(await say(line, key, "x"), "stream.unknown", key);
  for (const after of [0, 1]) assert.equal(await say(line, "notes/desk", "x", { after }), "stream.unknown");
  assert.equal(await say(line, "notes/board", "x"), "stream.read-only");
  assert.equal(await say(line, "notes/all", "x".repeat(5_000)), "request.too-large");
  for (const body of [{}, { text: 1 }, { text: "x", more: 1 }]) {
    const answer = await line.append("notes/all", body);
    assert.equal(answer.type === "refused" && answer.code, "command.malformed");
  }
  const silent = await member.visitor.open(member.path, { hello: false });
  assert.equal(await say(silent, "notes/all", "x"), "command.malformed");
  assert.equal(await say(chair.line, "notes/all", "a"), 1, "none of these took a number");
});

test("whoever may write to an audience and not read it learns no number of it, by whichever way", async (t) => {
  const { chair, member } = await council(t, testSettings(PORT + 6));
  await say(chair.line, "notes/box", "a");
  const { line } = member;
  const id = "letter";
  assert.equal(await say(line, "notes/box", "b", { id }), undefined);
  assert.equal(await say(line, "notes/box", "b", { id }), undefined);
  for (const after of [1, 2, 3]) assert.equal(await say(line, "notes/box", "c", { after }), "command.malformed");
  assert.equal(await say(line, "notes/all", "d", { id }), 1, "nor by its own name for it elsewhere");
  const command = await line.command({ type: "raiseHand" }, { id });
  assert.ok(!("number" in command));
  assert.deepEqual(await told(chair.line, "notes/box"), ["1 a"]);
  assert.deepEqual(await told(chair.line, "notes/box"), ["2 b"]);
  assert.deepEqual(await told(line, "notes/all"), ["1 d"]);
  await hearsNothing(line);
});

test("a meeting that is over takes nothing more, and the office still reads what was said", async (t) => {
  const { clerk, officePath, office, chair } = await council(t, testSettings(PORT + 7));
  await say(chair.line, "notes/all", "a");
  await chair.line.command({ type: "endMeeting" });
  assert.equal(await say(office, "notes/all", "b"), "meeting.ended");
  assert.deepEqual(await told(await clerk.open(officePath), "notes/all"), ["1 a"]);
});

test("whoever appends while the doors are being closed is judged by what the meeting is by then", async (t) => {
  const store = await openStore(await emptyDatabase(t));
  t.after(() => store.close());
  const meetings = new Meetings({ record: store.record, log: makeLog("silent") });
  const meeting = MeetingId.parse("abcdefgh23456789");
  const seat = SeatId.parse("seatseat23456789");
  const actor = { kind: "account", account: AccountId.parse("kimsaccount") } as const;
  const plan: Command[] = [
    {
      ...{ type: "planMeeting", kind: "public", bodyId: null, body: "Voorbeeld", organId: null, organ: null },
      ...{ title: "Raad", startsAt: 1, recording: false },
    },
    { type: "assignSeat", seat, role: "citizen", name: "Dirk", party: null },
    { type: "openMeeting" },
  ];
  await meetings.plan(meeting, plan, { actor, invitations: [] });
  const heard: ServerMessage[] = [];
  const page: Page = {
    ...{ who: { kind: "seat", seat }, meeting, session: "s", isIn: true, isInChamber: true, line: null },
    send: (message) => heard.push(message),
    sendText: (text) => heard.push(ServerMessage.parse(JSON.parse(text.toString()))),
    ...{ follow() {}, beat() {}, close() {}, end() {}, leave() {} },
  };
  const streams = new Streams({
    ...{ kinds: [notes], store: store.streams, meetings, hub: { of: () => [page] }, log: makeLog("silent") },
  });
  streams.resume(page);
  const append = (id: string) =>
    streams.append(page, { type: "append", id, stream: "notes", audience: "all", body: { text: id } });
  await append("open");
  assert.deepEqual(
    heard.splice(0).map(({ type }) => type),
    ["stream", "done"],
  );
  const closing = meetings.execute({ meeting, actor, command: { type: "closeDoors", admitted: [] } });
  await assert.rejects(append("closing"), { code: "seat.not-admitted" });
  assert.ok("version" in (await closing));
  assert.deepEqual(heard, []);
});
