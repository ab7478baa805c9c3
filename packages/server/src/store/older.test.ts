import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { MeetingId, readRecord, verify } from "@raadhuis/meeting";
import { CreatedMeeting, MeetingSummary, SeatLink } from "@raadhuis/protocol/http";
import SQLite from "better-sqlite3";
import { z } from "zod";
import { CLERK, houseFor, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";
import { openStore } from "./store.ts";

const PORT = 24970;
const Links = z.array(SeatLink);

test("meetings of the first version are shown, opened, gone on with and ended, and their records hold", async (t) => {
  const settings = testSettings(PORT);
  const file = join(settings.data, "raadhuis.db");
  const before = new SQLite(file);
  before.exec(readFileSync(join(import.meta.dirname, "fixtures/record-1.sql"), "utf8"));
  before.close();
  const house = await houseFor(t, settings);
  const clerk = new Visitor(house.url);
  assert.equal((await clerk.post("/api/office/sign-in", CLERK)).status, 200);
  const meetings = z.array(MeetingSummary).parse((await clerk.get("/api/office/meetings")).body);
  const byTitle = (title: string) => {
    const found = meetings.find((meeting) => meeting.title === title);
    assert.ok(found, title);
    return found;
  };
  assert.deepEqual(
    meetings.map(({ title, kind, phase, readable }) => [title, kind, phase, readable]),
    [
      ["Gepland", "public", "planned", true],
      ["Geschorst", "public", "suspended", true],
      ["Afgelopen", "public", "ended", true],
      ["Presidium", "private", "suspended", true],
      ["Overleg", "call", "ended", true],
    ],
  );

  /** The chair by a new link, as the links of before are not in the file. */
  const chairOf = async ({ meeting }: MeetingSummary) => {
    const links = Links.parse((await clerk.post(`/api/office/meetings/${meeting}/links`)).body);
    return new Visitor(house.url).sit(links.find(({ role }) => role === "chair")!.link);
  };
  for (const [title, command] of [
    ["Gepland", "openMeeting"],
    ["Geschorst", "resumeMeeting"],
    ["Presidium", "resumeMeeting"],
  ] as const) {
    const chair = await chairOf(byTitle(title));
    const { seats } = await chair.welcome();
    assert.ok(seats.some(({ role }) => role === "citizen"));
    for (const type of [command, "endMeeting"]) assert.equal((await chair.command({ type })).type, "done", type);
  }
  const office = await clerk.open(`/api/office/meetings/${byTitle("Afgelopen").meeting}/socket`);
  const ended = await office.welcome();
  assert.equal(ended.phase, "ended");
  assert.ok(ended.seats.some(({ name }) => name === null));

  // And a new one is made in the same house.
  const { body } = await clerk.post("/api/office/meetings", {
    ...{ kind: "call", title: "Nieuw", startsAt: 1_800_000_000_000, recording: false, agenda: [] },
    seats: [{ name: "Anna", party: null, role: "chair" }],
  });
  const made = CreatedMeeting.parse(body).meeting;
  await house.close();

  const store = await openStore({ file });
  t.after(() => store.close());
  for (const { meeting } of [...meetings, { meeting: made }]) {
    const record = await store.record.events(MeetingId.parse(meeting));
    assert.equal(verify(record).ok, true);
    assert.ok(readRecord(record));
  }
  const formats = async (meeting: string) => {
    const record = await store.record.events(MeetingId.parse(meeting));
    return [...new Set(record.map(({ format }) => format ?? null))];
  };
  assert.deepEqual(await formats(byTitle("Geschorst").meeting), [null, "raadhuis-record/2"]);
  assert.deepEqual(await formats(byTitle("Afgelopen").meeting), [null]);
  assert.deepEqual(await formats(made), ["raadhuis-record/2"]);
});
