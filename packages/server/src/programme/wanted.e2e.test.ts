import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { CLOSE_LEFT } from "@raadhuis/protocol/socket";
import { Egresses } from "../testing/egresses.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24110;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const until = async (what: string, holds: () => boolean): Promise<void> => {
  for (const end = Date.now() + 60_000; !holds(); await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() > end) throw new Error(`It never came to be: ${what}`);
};

test("a broadcast is there around its meeting's time or while somebody conducts, and given up after it", async (t) => {
  let clock = Date.now();
  const settings = testSettings(PORT, { RAADHUIS_DELAY: "1" });
  const egresses = new Egresses(t, { RAADHUIS_DATA: settings.data, RAADHUIS_DELAY: "1" });
  const open = async () => {
    const house = await houseFor(t, settings, { now: () => clock, tell: egresses.tell, graceMs: 100 });
    egresses.hear = house.hear;
    return house;
  };
  const house = await open();
  const clerk = await setUp(house);
  const { meeting: far, links } = await planMeeting(clerk, { startsAt: clock + 21 * DAY });
  const publicFiles = (meeting: string) => readdirSync(join(settings.data, "public", meeting)).sort();
  const isShown = (meeting: string) => existsSync(join(settings.data, "public", meeting, "state.json"));
  const office = await clerk.open(`/api/office/meetings/${far}/socket`);
  const before = await office.welcome();
  const chair = new Visitor(house.url);
  const seat = await chair.redeem(links[0]!.link);

  await t.test("links that are opened weeks ahead start none, and write nothing", async () => {
    const visitors = [chair, new Visitor(house.url), new Visitor(house.url)];
    for (const [index, visitor] of visitors.entries()) {
      const path = `/api/seats/${await visitor.redeem(links[index]!.link)}/socket`;
      await (await visitor.open(path, { enter: false })).welcome();
    }
    const { meeting: near } = await planMeeting(clerk, { startsAt: clock + 9 * MINUTE });
    await until("a slate of the near one", () => isShown(near));
    assert.deepEqual(egresses.started, [near]);
    const again = await clerk.open(`/api/office/meetings/${far}/socket`);
    assert.deepEqual(await again.welcome(), before);
    await again.next("health", ({ health }) => health.stream.code === "stream.waiting");
    // It was never opened.
    clock += 5 * HOUR;
    await until("the end of the near one's", () => egresses.running.length === 0);
    assert.deepEqual(publicFiles(near), ["announcement.json"]);
  });

  await t.test("it is there while the chair is in, and given up some minutes after", async () => {
    const line = await chair.open(`/api/seats/${seat}/socket`);
    await until("a slate", () => isShown(far));
    line.socket.close(CLOSE_LEFT);
    await office.event("seat.left");
    clock += 5 * MINUTE;
    await until("its end", () => egresses.running.length === 0);
    assert.deepEqual(publicFiles(far), ["announcement.json"]);
  });

  await t.test("from ten minutes before it is there, though nobody is", async () => {
    clock += 21 * DAY - 5 * HOUR - 15 * MINUTE;
    await until("a slate", () => isShown(far));
    assert.deepEqual(egresses.running, [far]);
  });

  await t.test("a house that was away meanwhile gives up what it finds", async () => {
    await house.close();
    egresses.kill(far);
    await until("nothing that runs", () => egresses.running.length === 0);
    assert.ok(isShown(far));
    clock += 5 * HOUR;
    await open();
    await until("nothing shown, nothing running", () => !isShown(far) && egresses.running.length === 0);
    assert.deepEqual(publicFiles(far), ["announcement.json"]);
  });
});
