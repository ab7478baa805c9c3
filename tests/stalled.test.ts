import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { planMeeting, setUp } from "./lib/office.ts";
import { connected, hook, join, press, sayYes, shown } from "./lib/people.ts";
import { type StallableLine, stallableLine } from "./lib/stallable.ts";

/** What a page and the clerk see when a line stalls, a seat has two pages, or somebody leaves. */
let line: StallableLine;
let house: House;
let person: Person;
let office: Page;
let seat: string;

before(async () => {
  const relay = await stallableLine();
  line = relay;
  house = await startHouse({ env: { RAADHUIS_URL: relay.url } });
  relay.leadTo(house.port);
  person = await openPerson({ name: "member" });
  office = await openWindow(person);
  await setUp(office, house.ready.office);
  const { meeting, links } = await planMeeting(office, {
    title: "Stilte",
    agenda: ["Opening"],
    seats: [
      { name: "Ada", role: "chair" },
      { name: "Bo", role: "member" },
    ],
  });
  seat = await join(person, links.Bo ?? "", { on: false });
  await office.goto(new URL(`/office/meetings/${meeting}`, house.ready.home).href);
  await press(office, "conduct-open");
  await connected(person.page, '[data-phase="open"]');
});
after(async () => {
  await person?.close();
  await house?.close();
  line?.close();
});

const linked = (page: Page, id: string, link: "open" | "away") => shown(page, id, `[data-link="${link}"]`);

test("a line that stalls both ways is noticed by the page and by the clerk's, and back soon after it returns", {
  timeout: 600_000,
}, async (t) => {
  const began = Date.now();
  line.stall();
  await press(person.page, "hand");
  await shown(person.page, "slow");
  await Promise.all([linked(person.page, "chamber", "away"), linked(office, "live", "away")]);
  t.diagnostic(`noticed after ${Date.now() - began} ms`);
  assert.ok(Date.now() - began < 25_000);
  await shown(person.page, "away");
  assert.match((await office.$eval(hook("link-words"), ({ textContent }) => textContent)) ?? "", /\w/);
  // Given back in words: minutes later nobody's hand is to go up by itself.
  await shown(person.page, "problem", '[data-code="command.unanswered"]');
  const returned = Date.now();
  line.flow();
  await Promise.all([linked(person.page, "chamber", "open"), linked(office, "live", "open")]);
  t.diagnostic(`back after ${Date.now() - returned} ms`);
  assert.ok(Date.now() - returned < 15_000);
  await press(person.page, "hand");
  await shown(office, "queued", `[data-seat="${seat}"]`);
});

test("that the meeting is suspended is said while an item is under discussion", { timeout: 600_000 }, async () => {
  await press(office, "conduct-next");
  await press(office, "conduct-suspend");
  for (const page of [office, person.page]) {
    await shown(page, "suspended", '[data-suspended="true"]');
    assert.match((await page.$eval(hook("suspended"), ({ textContent }) => textContent)) ?? "", /\w/);
  }
  await press(office, "conduct-resume");
  await shown(person.page, "suspended", '[data-suspended="false"]');
});

test("of two pages of a seat one has the tools, the other is told what it can do", { timeout: 600_000 }, async () => {
  const first = person.page;
  const second = await openWindow(person);
  await second.goto(first.url());
  await press(second, "join");
  await connected(second);
  await shown(first, "elsewhere");
  const tools = () =>
    first.$$eval(["mic", "camera", "share", "hand"].map((id) => `[data-testid="${id}"]`).join(), (all) => all.length);
  assert.equal(await tools(), 0);
  await first.bringToFront();
  await press(first, "take-here");
  await connected(first);
  await shown(first, "hand");
  await shown(second, "elsewhere");
  await second.close();
});

test("whoever presses Leave with the floor is named as speaking no more, and has left", {
  timeout: 600_000,
}, async () => {
  await press(office, "give-floor", "");
  await shown(office, "floor", `[data-seat="${seat}"]`);
  await press(person.page, "leave");
  await shown(person.page, "confirm");
  await sayYes(person.page);
  await shown(office, "floor", '[data-seat=""]');
  const row = hook("person", `[data-seat="${seat}"][data-present="false"]`);
  await office.waitForSelector(row);
  assert.match((await office.$eval(row, ({ textContent }) => textContent)) ?? "", /has left|niet meer binnen/);
});
