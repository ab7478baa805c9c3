import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { openPerson, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { planMeeting, setUp } from "./lib/office.ts";
import { fill, hook, press, shown } from "./lib/people.ts";
import { until } from "./lib/wait.ts";

let house: House;
let clerk: Person;
let origin: string;

before(async () => {
  house = await startHouse({ env: { TZ: "America/Curacao" } });
  origin = new URL(house.ready.home).origin;
  clerk = await openPerson({ name: "Griffier", width: 390, height: 844 });
  await clerk.page.emulateTimezone("America/New_York");
});
after(async () => {
  await clerk?.close();
  await house?.close();
});

const text = (page: Page, id: string) => page.$eval(hook(id), (part) => part.textContent ?? "");
const says = (page: Page, id: string, words: RegExp) =>
  until(`${id} to say ${words}`, async () => words.test(await text(page, id).catch(() => "")));
/** A field for a date and time takes no pasted text: as its calendar fills it in. */
const choose = (page: Page, wall: string) =>
  page.$eval(
    hook("meeting-starts"),
    (field, wall) => {
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, wall);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
    wall,
  );
const tooWide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);

test("a house is set up in the machine's time zone, or another one", async () => {
  const { page } = clerk;
  await page.goto(house.ready.office);
  await shown(page, "zone");
  assert.equal(await page.$eval(hook("zone"), (field) => (field as HTMLSelectElement).value), "America/Curacao");
  await page.select(hook("zone"), "Europe/Amsterdam");
  await fill(page, "setup-body", "Gemeente Proefdorp");
  await fill(page, "setup-name", "Griffier Proef");
  await fill(page, "setup-email", "griffie@proefdorp.example");
  await fill(page, "setup-password", "een lang genoeg wachtwoord");
  assert.equal(await tooWide(page), false);
  await press(page, "setup-submit");
  await shown(page, "office");
});

test("a clerk in New York plans by the body's clock, and is told of times that the clocks skip, repeat or have passed", async () => {
  const { page } = clerk;
  await press(page, "new-meeting");
  await fill(page, "meeting-title", "Raad");
  await fill(page, "extra-name", "Anna Voorzitter");
  await page.select(hook("extra-role"), "chair");
  await press(page, "extra-add");
  await shown(page, "seat-row");

  await choose(page, "2027-03-28T02:30");
  await says(page, "field-error", /Amsterdam/);
  await press(page, "meeting-submit");
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-testid"));
  await until("the field that is wrong has the focus", async () => (await focused()) === "meeting-starts");
  assert.equal(await page.$(hook("link-row")), null);

  await choose(page, "2027-10-31T02:30");
  await shown(page, "meeting-which");
  assert.equal(await page.$(hook("field-error")), null);

  await choose(page, "2020-01-17T19:30");
  await press(page, "meeting-submit");
  await shown(page, "confirm");
  assert.equal(await tooWide(page), false);
  await press(page, "cancel");
  assert.equal(await page.$(hook("link-row")), null);

  await choose(page, "2027-11-26T19:30");
  await press(page, "meeting-submit");
  await shown(page, "link-row");
  const link = await page.$eval(hook("link"), (field) => (field as HTMLInputElement).value);

  await page.goto(`${origin}/office`);
  await says(page, "when", /19:30 .*Amsterdam.*13:30/);
  assert.equal(await tooWide(page), false);
  await page.goto(link);
  await press(page, "enter");
  await says(page, "when", /19:30 .*Amsterdam.*13:30/);
});

test("the public reads the body's time, and beside it their own only where that is another one", async () => {
  const { page } = clerk;
  await page.goto(house.ready.gallery);
  await says(page, "when", /19:30 .*Amsterdam.*13:30/);
  await page.emulateTimezone("Europe/Brussels");
  await page.reload();
  await says(page, "when", /19:30\s*$/);
  await press(page, "meeting-link");
  await says(page, "watch", /19:30(?!.*Amsterdam)/);
});

test("the zone is changed in the settings, and what was planned stays the same instant", async () => {
  const { page } = clerk;
  await page.goto(`${origin}/office/settings`);
  await shown(page, "zone");
  await page.$eval(hook("zone"), (field) => (field as HTMLSelectElement).add(new Option("Olympus", "Mars/Olympus")));
  await page.select(hook("zone"), "Mars/Olympus");
  await press(page, "settings-save");
  await says(page, "field-error", /Time zone|Tijdzone/);
  await page.select(hook("zone"), "America/Kralendijk");
  await press(page, "settings-save");
  await until("the button to rest", () =>
    page.$eval(hook("settings-save"), (button) => (button as HTMLButtonElement).disabled),
  );
  await page.goto(`${origin}/office`);
  await says(page, "when", /14:30 .*Kralendijk.*19:30/);
  await page.goto(house.ready.gallery);
  await says(page, "when", /14:30 .*Kralendijk.*19:30/);
});

test("where the clocks of the house's machines differ, whoever waits for picture and sound is told so, and the clerk", async (t) => {
  // As a LiveKit server refuses a ticket of a time to come.
  const media = createServer(({ headers }, response) => {
    const token = headers.authorization?.replace("Bearer ", "");
    response.writeHead(401).end(`invalid token: ${token}, error: token has invalid claims: token is not valid yet`);
  });
  await new Promise<void>((resolve) => media.listen(0, "127.0.0.1", resolve));
  t.after(() => media.close());
  const address = media.address();
  const port = typeof address === "object" ? address?.port : null;
  const env = { LIVEKIT_URL: `ws://127.0.0.1:${port}`, LIVEKIT_API_KEY: "test", LIVEKIT_API_SECRET: "x".repeat(32) };
  const other = await startHouse({ env });
  t.after(() => other.close());
  const { page } = clerk;
  await page.emulateTimezone("Asia/Tokyo");
  await setUp(page, other.ready.office);
  const seats = [{ name: "Anna Voorzitter", role: "chair" as const }];
  const { meeting, links } = await planMeeting(page, { title: "Raad", agenda: ["Opening"], seats });
  await page.goto(`${new URL(other.ready.home).origin}/office/meetings/${meeting}`);
  await says(page, "live", /klokken|clocks/);
  await page.goto(links["Anna Voorzitter"] ?? "");
  await press(page, "enter");
  await press(page, "join");
  await shown(page, "problem", '[data-code="ticket.clock"]');
  await says(page, "clock", /Amsterdam/);
  assert.equal(await tooWide(page), false);
  assert.doesNotMatch(other.log(), /eyJ[\w-]+\.[\w-]+\./, "no ticket in the log");
});
