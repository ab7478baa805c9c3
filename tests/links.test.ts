import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { planMeeting, setUp } from "./lib/office.ts";
import { dataOf, hook, press, shown } from "./lib/people.ts";
import { linkParts } from "./lib/visitor.ts";

let house: House;
let clerk: Person;
let guest: Person;
let link: string;

before(async () => {
  house = await startHouse();
  [clerk, guest] = await Promise.all([openPerson({ name: "clerk" }), openPerson({ name: "guest" })]);
});
after(async () => {
  await Promise.all([clerk?.close(), guest?.close()]);
  await house?.close();
});

/** What a page changes at the house, from now on. */
function changes(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") asked.push(new URL(request.url()).pathname);
  });
  return asked;
}

test("the page for setting up can be loaded again before it is filled in", async () => {
  await clerk.page.goto(house.ready.office);
  await shown(clerk.page, "setup-body");
  await clerk.page.reload();
  await shown(clerk.page, "setup-body");
  await setUp(clerk.page, house.ready.office);
  assert.ok(!clerk.page.url().includes("#"));
});

test("a personal link that is opened changes nothing until its person presses, also when it was loaded again", async () => {
  const { links } = await planMeeting(clerk.page, {
    title: "Raad",
    agenda: ["Opening"],
    seats: [{ name: "Anna", role: "chair" }],
  });
  link = links.Anna!;
  const asked = changes(guest.page);
  await guest.page.goto(link);
  await shown(guest.page, "enter");
  await guest.page.reload();
  await shown(guest.page, "enter");
  assert.deepEqual(asked, []);
  assert.equal(await guest.page.evaluate(() => localStorage.length), 0);
  assert.deepEqual(await guest.browser.cookies(), []);
  await press(guest.page, "enter");
  await shown(guest.page, "lobby");
  assert.ok(!guest.page.url().includes("#"));
});

test("whoever has been in by this link, and may still be, need not press again", async () => {
  const page = await openWindow(guest);
  const asked = changes(page);
  await page.goto(link);
  await shown(page, "lobby");
  assert.deepEqual(asked, []);
  await page.close();
});

test("a link that mail has mangled leads to where it should, or says what it lacks", async () => {
  const page = await openWindow(guest);
  await page.goto(`${link.replace("#", "%23")}).`);
  await shown(page, "lobby");
  for (const fragment of ["#100%", "#", "#%E0%A4%A"]) {
    await page.goto("about:blank");
    await page.goto(link.replace(/#.*/, fragment));
    await shown(page, "notice", '[data-code="link.incomplete"]');
  }
  await page.goto(new URL("/m/%ff", link).href);
  await shown(page, "notice", '[data-code="link.incomplete"]');
  await page.goto(new URL("/%ff", link).href);
  await shown(page, "notice", '[data-code="request.not-found"]');
  // Chromium tells of these two statuses; nothing of the page's own went wrong.
  assert.deepEqual(
    guest.complaints.filter((text) => !/status of 40[04]/.test(text)),
    [],
  );
  await page.close();
});

test("a one-time sign-in link is used by a press, not by opening it", async () => {
  const signIn = await clerk.page.evaluate(async () => {
    const answer: { link: string } = await (await fetch("/api/office/sign-in-links", { method: "POST" })).json();
    return answer.link;
  });
  const [first, second] = [await openWindow(guest, signIn), await openWindow(guest, signIn)];
  for (const page of [first, second]) await shown(page, "signin-press");
  await press(second, "signin-press");
  await shown(second, "office");
  await press(first, "signin-press");
  await shown(first, "notice");
  assert.equal(await dataOf(first, "notice", "code"), "office.link-used");
});

test("the clerk's screen leads into the chamber and to the public, and makes all links anew after asking", async () => {
  const { page } = clerk;
  await page.goto(new URL("/office", link).href);
  const { meeting } = await planMeeting(page, {
    title: "Raad",
    agenda: ["Opening"],
    seats: [
      { name: "Griffier Proef", role: "clerk" },
      { name: "Anna", role: "chair" },
    ],
  });
  await shown(page, "save-links");
  await press(page, "to-live");
  await shown(page, "public-address");
  const address = await page.$eval(hook("public-address"), (field) => field instanceof HTMLInputElement && field.value);
  assert.equal(new URL(String(address)).pathname, `/meeting/${meeting}`);
  await press(page, "own-way", ` ${hook("new-link")}`);
  await shown(page, "own-enter");
  const way = await page.$eval(hook("own-enter"), (way) => way instanceof HTMLAnchorElement && way.href);
  const chamber = await openWindow(clerk, String(way));
  await press(chamber, "enter");
  await press(chamber, "join");
  await shown(chamber, "chamber");
  await shown(page, "person", '[data-present="true"]');
  await press(page, "all-new-links");
  assert.match((await page.$eval(hook("put-out"), (list) => list.textContent)) ?? "", /^Griffier Proef/);
  await press(page, "sure");
  await press(page, "confirm");
  await shown(chamber, "notice", '[data-code="seat.new-link"]');
  await page.waitForFunction((selector) => document.querySelectorAll(selector).length === 2, {}, hook("link-row"));
  await chamber.close();
});

test("whoever presses too often reads when to press again, and keeps the link", async () => {
  const { page } = clerk;
  await page.goto(new URL("/office", link).href);
  const { links } = await planMeeting(page, {
    title: "Raad",
    agenda: ["Opening"],
    seats: [{ name: "Bram", role: "member" }],
  });
  await page.goto(links.Bram!);
  await shown(page, "enter");
  const { meeting, secret } = linkParts(links.Bram!);
  const last = await page.evaluate(async (body) => {
    const headers = { "content-type": "application/json" };
    for (let times = 0; times < 60; times++) {
      const { status } = await fetch("/api/seats/redeem", { method: "POST", headers, body });
      if (status !== 200) return status;
    }
    return 200;
  }, JSON.stringify({ meeting, secret }));
  assert.equal(last, 429);
  await press(page, "enter");
  await shown(page, "problem", '[data-code="request.too-many"]');
  const words = await page.$eval(hook("problem"), (problem) => problem.textContent);
  assert.match(words ?? "", /(Try again in|Probeer het over) \d+ /);
  assert.ok(page.url().endsWith(`#${secret}`), "the link is still there to be pressed");
  await shown(page, "enter", ":enabled");
});
