import assert from "node:assert/strict";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { MeetingId } from "@raadhuis/meeting";
import { ErrorBody, MeetingSummary, Person } from "@raadhuis/protocol/http";
import SQLite from "better-sqlite3";
import { pino } from "pino";
import { openStore } from "../store/store.ts";
import { A_MEETING, houseFor, planMeeting, setUp, type TestHouse, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24540;

const [chair, member] = ["Anna Voorzitter", "Bram Lid"];

async function roster(clerk: Visitor) {
  const add = async (name: string) => {
    const { body } = await clerk.post("/api/office/people", { name, party: null, role: "member" });
    return Person.parse(body).id;
  };
  return { anna: await add(chair), bram: await add(member) };
}

const seatsFor = (anna: string, bram: string) => [
  { name: chair, party: null, role: "chair" as const, person: anna },
  { name: member, party: null, role: "member" as const, person: bram },
  { name: "Dirk Inwoner", party: null, role: "citizen" as const },
];

/** The tables as they stand, beside the house. */
function tablesOf(t: TestContext, { settings }: TestHouse) {
  const file = join(settings.data, "raadhuis.db");
  const tables = new SQLite(file, { readonly: true });
  t.after(() => tables.close());
  return {
    seated: () => tables.prepare("select meeting, seat, person from seat_person order by meeting, person").all(),
    record: (meeting: string) => tables.prepare("select * from event where meeting = ? order by version").all(meeting),
  };
}

/** All that is public, once the meeting is. */
async function releasedOf(meeting: string, data: string): Promise<string> {
  const folder = join(data, "public");
  for (const end = Date.now() + 45_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    const files = globSync("**", { cwd: folder }).map((name) => join(folder, name));
    const texts = files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file, "utf8"));
    const text = texts.join("\n");
    if (text.includes(meeting) || Date.now() > end) return text;
  }
}

test("the house knows which person of the roster a seat is for, until that person is taken off", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const { seated, record } = tablesOf(t, house);
  const { anna, bram } = await roster(clerk);
  const one = await planMeeting(clerk, { seats: seatsFor(anna, bram) });
  const other = await planMeeting(clerk, { seats: seatsFor(anna, bram) });
  const rows = ({ meeting, links }: typeof one) =>
    [anna, bram].map((person, index) => ({ meeting, seat: links[index]?.seat, person }));
  const sorted = (list: unknown[]) => list.map((row) => JSON.stringify(row)).sort();
  assert.deepEqual(sorted(seated()), sorted([...rows(one), ...rows(other)]));

  const before = record(one.meeting);
  assert.equal((await clerk.send("DELETE", `/api/office/people/${bram}`)).status, 204);
  assert.deepEqual(sorted(seated()), sorted([...rows(one).slice(0, 1), ...rows(other).slice(0, 1)]));
  assert.deepEqual(record(one.meeting), before);
  await (await new Visitor(house.url).sit(one.links[1]?.link ?? "")).next("welcome");
});

test("a seat for somebody who is not in the roster, and a person's second seat, make no meeting", async (t) => {
  const house = await houseFor(t, testSettings(PORT + 3));
  const clerk = await setUp(house);
  const { seated } = tablesOf(t, house);
  const { anna, bram } = await roster(clerk);
  await clerk.send("DELETE", `/api/office/people/${bram}`);
  const refusal = async (seats: unknown) => {
    const { status, body } = await clerk.post("/api/office/meetings", { ...A_MEETING, seats });
    const { code, at } = ErrorBody.parse(body);
    return [status, code, at];
  };
  for (const gone of [bram, "nobodynobody2222", ""])
    assert.deepEqual(await refusal(seatsFor(anna, gone)), [404, "person.unknown", { field: "seats", line: 2 }]);
  const twice = [400, "request.malformed", { field: "seats", line: 2, other: 1 }];
  assert.deepEqual(await refusal(seatsFor(anna, anna)), twice);
  assert.deepEqual(MeetingSummary.array().parse((await clerk.get("/api/office/meetings")).body), []);
  assert.deepEqual(seated(), []);
});

test("which person a seat is for is in no record, no page of others, nothing public and no log", async (t) => {
  const log: string[] = [];
  const settings = testSettings(PORT + 6);
  const house = await houseFor(t, settings, { log: pino({ level: "trace" }, { write: (line) => log.push(line) }) });
  const clerk = await setUp(house);
  const { anna, bram } = await roster(clerk);
  const { meeting, links } = await planMeeting(clerk, { seats: seatsFor(anna, bram) });
  const told: string[] = [];
  const comes = async (link: string | undefined) => {
    const line = await new Visitor(house.url).sit(link ?? "");
    line.socket.on("message", (data) => told.push(String(data)));
    return line;
  };
  const bramsLine = await comes(links[1]?.link);
  await bramsLine.next("welcome");
  const annasLine = await comes(links[0]?.link);
  await annasLine.next("welcome");
  assert.equal((await annasLine.command({ type: "openMeeting" })).type, "done");
  await bramsLine.event("meeting.opened");
  assert.equal((await annasLine.command({ type: "removeSeat", seat: links[1]?.seat })).type, "done");
  await bramsLine.next("out");

  const store = await openStore(settings.database);
  t.after(() => store.close());
  const record = JSON.stringify(await store.record.events(MeetingId.parse(meeting)));
  const places = {
    told: told.join("\n"),
    record,
    released: await releasedOf(meeting, settings.data),
    log: log.join(""),
  };
  for (const [place, text] of Object.entries(places)) {
    assert.ok(text.includes(meeting) || text.includes(links[0]?.seat ?? ""), `${place} holds something of it`);
    for (const person of [anna, bram]) assert.equal(text.includes(person), false, place);
  }
});
