import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { MeetingSummary } from "@raadhuis/protocol/http";
import SQLite from "better-sqlite3";
import { z } from "zod";
import { CLERK, houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24960;

test("a meeting that this version cannot read is told of in the office, and stops neither house nor other meetings", async (t) => {
  const settings = testSettings(PORT);
  const before = await houseFor(t, settings);
  const first = await setUp(before);
  const good = await planMeeting(first, { title: "Raad" });
  const bad = await planMeeting(first, { title: "Van later" });
  await before.close();
  const database = new SQLite(join(settings.data, "raadhuis.db"));
  const later = database.prepare(
    'update event set record = replace(record, \'"type":"item.added"\', \'"type":"item.dreamt"\') where meeting = ?',
  );
  assert.ok(later.run(bad.meeting).changes > 0);
  database.close();

  const house = await houseFor(t, settings);
  const clerk = new Visitor(house.url);
  assert.equal((await clerk.post("/api/office/sign-in", CLERK)).status, 200);
  const { body } = await clerk.get("/api/office/meetings");
  const readable = new Map(
    z
      .array(MeetingSummary)
      .parse(body)
      .map((one) => [one.meeting, one.readable]),
  );
  assert.deepEqual([readable.get(good.meeting), readable.get(bad.meeting)], [true, false]);

  const office = await clerk.open(`/api/office/meetings/${bad.meeting}/socket`);
  assert.equal((await office.next("out")).code, "meeting.unreadable");
  const member = await new Visitor(house.url).sit(bad.links[1]!.link);
  assert.equal((await member.next("out")).code, "meeting.unreadable");
  const { status, body: refusal } = await clerk.post(`/api/office/meetings/${bad.meeting}/links`);
  assert.deepEqual([status, z.object({ code: z.string() }).parse(refusal).code], [409, "meeting.unreadable"]);

  const chair = await new Visitor(house.url).sit(good.links[0]!.link);
  await chair.welcome();
  assert.equal((await chair.command({ type: "openMeeting" })).type, "done");
});
