import assert from "node:assert/strict";
import { test } from "node:test";
import type { Line } from "@raadhuis/protocol/socket";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24180;
const good: Line = { light: "green", code: "line.good" };
const slow: Line = { light: "amber", code: "line.slow" };
const away: Line = { light: "red", code: "line.away" };

test("the office sees how good everybody's line is, and nobody else does", async (t) => {
  const house = await houseFor(t, testSettings(PORT));
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  const member = new Visitor(house.url);
  const page = await member.sit(links[1]!.link);
  const chair = await new Visitor(house.url).sit(links[0]!.link);
  await Promise.all([page.welcome(), chair.welcome()]);
  const told = (expected: Record<string, Line>) =>
    office.next("lines", ({ lines }) => {
      const seen = Object.fromEntries(lines.map(({ seat, light, code }) => [seat, { light, code }]));
      return JSON.stringify(Object.entries(seen).sort()) === JSON.stringify(Object.entries(expected).sort());
    });
  const [first, second] = [links[0]!.seat, links[1]!.seat];

  page.say({ type: "line", line: good });
  await told({ [second]: good });
  chair.say({ type: "line", line: slow });
  await told({ [first]: slow, [second]: good });

  // Of two pages of one seat the worse; what is gone tells nothing any more.
  const other = await member.open(`/api/seats/${second}/socket`);
  await other.welcome();
  other.say({ type: "line", line: away });
  await told({ [first]: slow, [second]: away });
  await other.close();
  await told({ [first]: slow, [second]: good });
  page.say({ type: "line", line: null });
  await told({ [first]: slow });

  // A second office page is shown what the first one knows.
  const later = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  assert.equal((await later.next("lines")).lines.length, 1);

  for (const line of [{ light: "blue", code: "line.good" }, { ...good, words: "<b>" }, "good"]) {
    chair.say({ type: "line", line });
    assert.equal((await chair.next("refused")).code, "command.malformed");
  }
  // The office has no line of its own, and pages of seats hear of nobody's.
  office.say({ type: "line", line: away });
  page.say({ type: "line", line: slow });
  await told({ [first]: slow, [second]: slow });
  assert.ok([...page.heard, ...chair.heard].every(({ type }) => type !== "lines"));
});
