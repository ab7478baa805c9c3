import assert from "node:assert/strict";
import { test } from "node:test";
import { BEAT_MS, UNANSWERED_PINGS } from "@raadhuis/protocol/socket";
import { WebSocket } from "ws";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Line } from "../testing/line.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24480;

test("the line of a page", async (t) => {
  const house = await houseFor(t, testSettings(PORT), { beatMs: 200 });
  const clerk = await setUp(house);
  const { meeting, links } = await planMeeting(clerk);

  await t.test("beats, with the house's clock, for seat and office, for as long as it answers", async () => {
    const member = await new Visitor(house.url).sit(links[1]!.link);
    const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
    for (const line of [member, office]) {
      const before = Date.now();
      const beat = await line.next("beat", ({ now }) => now >= before);
      assert.ok(beat.now <= Date.now());
    }
    // For longer than it takes to give up whoever does not answer.
    for (let beat = 0; beat < 10; beat++) await member.next("beat");
    assert.equal((await member.command({ type: "openMeeting" })).type, "refused");
    await Promise.all([member.close(), office.close()]);
  });

  await t.test("is ended when nothing is answered any more, though its socket stays open", async () => {
    const visitor = new Visitor(house.url);
    const seat = await visitor.redeem(links[2]!.link);
    const path = `/api/seats/${seat}/socket`;
    const socket = new WebSocket(house.url.replace(/^http/, "ws") + path, {
      headers: { cookie: visitor.cookies(path), origin: house.url },
      autoPong: false,
    });
    const line = new Line(socket);
    await line.opened;
    const late = setTimeout(() => assert.fail("It is still open."), 15_000);
    assert.equal(await line.closed, 1006);
    clearTimeout(late);
  });
});

test("a line that is dead both ways is ended within fifteen seconds", () => {
  assert.ok((UNANSWERED_PINGS + 1) * BEAT_MS <= 15_000);
});
