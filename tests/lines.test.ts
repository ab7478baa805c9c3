import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { planMeeting, setUp } from "./lib/office.ts";
import { connected, hook, join } from "./lib/people.ts";
import { signals } from "./lib/signals.ts";

/** The office sees who has trouble, and which. */
let house: House;
let person: Person;
let office: Page;

before(async () => {
  house = await startHouse();
  person = await openPerson({ name: "chair", signal: signals.green });
});
after(async () => {
  await person?.close();
  await house?.close();
});

test("a person's line is green in the office, red while the media server does not answer, and green again", {
  timeout: 600_000,
}, async () => {
  office = await openWindow(person);
  await setUp(office, house.ready.office);
  const { meeting, links } = await planMeeting(office, {
    title: "Lijnen",
    agenda: ["Opening"],
    seats: [{ name: "Ada", role: "chair" }],
  });
  const seat = await join(person, links.Ada ?? "", { on: true });
  await connected(person.page);
  await office.goto(new URL(`/office/meetings/${meeting}`, house.ready.home).href);
  const line = (light: string, code: string) =>
    office.waitForSelector(hook("line", `[data-seat="${seat}"][data-light="${light}"][data-code="${code}"]`), {
      timeout: 120_000,
    });
  const words = (await (await line("green", "line.good"))?.evaluate((element) => element.textContent)) ?? "";
  assert.match(words, /Good connection|Verbinding goed/);
  if (process.env.SHOT) await office.screenshot({ path: process.env.SHOT, fullPage: true });
  const pid = await house.pidOf("sfu");
  process.kill(pid, "SIGSTOP");
  try {
    await line("red", "line.away");
    if (process.env.SHOT) await office.screenshot({ path: `${process.env.SHOT}.red.png`, fullPage: true });
  } finally {
    process.kill(pid, "SIGCONT");
  }
  await line("green", "line.good");
});
