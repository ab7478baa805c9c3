import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPerson, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { planMeeting } from "./lib/office.ts";
import { fill, hook, press, shown } from "./lib/people.ts";

const PASSWORD = "fiets paard stoel maan";
const EMAIL = "griffie@proefdorp.example";

let house: House;
let clerk: Person;
let origin: string;

before(async () => {
  house = await startHouse();
  origin = new URL(house.ready.home).origin;
  clerk = await openPerson({ name: "Griffier", width: 390, height: 844 });
});
after(async () => {
  await clerk?.close();
  await house?.close();
});

const post = (path: string, body: unknown) =>
  fetch(origin + path, {
    method: "POST",
    headers: { origin, "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const rows = (): Promise<string[]> =>
  clerk.page.$$eval(hook("access-row"), (found) =>
    found.map((row) => `${row.getAttribute("data-kind")} ${row.getAttribute("data-result")}`),
  );

test("a password that is guessed first is refused beside its field, and what was typed stays", async () => {
  const { page } = clerk;
  await page.goto(house.ready.office);
  await fill(page, "setup-body", "Gemeente Proefdorp");
  await fill(page, "setup-name", "Griffier Proef");
  await fill(page, "setup-email", EMAIL);
  await fill(page, "setup-password", "Proefdorp2026!");
  await press(page, "setup-submit");
  await shown(page, "field-error");
  const kept = await page.$eval(hook("setup-email"), (field) => field instanceof HTMLInputElement && field.value);
  assert.equal(kept, EMAIL);
  assert.equal(await page.$eval(hook("setup-password"), (field) => field.getAttribute("aria-invalid")), "true");
  await fill(page, "setup-password", PASSWORD);
  await press(page, "setup-submit");
  await shown(page, "office");
});

test("the clerk is told of guessing where they start, sees what was tried, and is told no more", async () => {
  const { page } = clerk;
  const { links } = await planMeeting(page, {
    title: "Raad",
    agenda: ["Opening"],
    seats: [{ name: "Anna Voorzitter", role: "chair" }],
  });
  const [, meeting, secret] = /\/m\/([a-z0-9]+)#(.*)/.exec(links["Anna Voorzitter"] ?? "") ?? [];
  await post("/api/seats/redeem", { meeting, secret });
  for (const password of ["a", "b", "c", "d"]) await post("/api/office/sign-in", { email: EMAIL, password });
  await post("/api/seats/redeem", { meeting, secret: "x" });

  await page.goto(`${origin}/office`);
  await shown(page, "guessing");
  await page.click(`${hook("guessing")} a`);
  await shown(page, "access-row");
  assert.deepEqual((await rows()).slice(0, 2), ["seat.redeem link.unknown", "office.sign-in office.wrong-credentials"]);
  assert.ok((await rows()).every((row) => !row.endsWith(" done")));
  await press(page, "access-failed");
  await shown(page, "access-row", '[data-kind="seat.redeem"][data-result="done"]');
  const text = await page.$eval(hook("access"), (main) => main.textContent);
  for (const word of ["Anna Voorzitter", EMAIL, "127.0.0.1"]) assert.ok(text?.includes(word), word);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.equal(tooWide, false, "nothing stands out on a phone");

  await page.click('a[href="/office"]');
  await shown(page, "meeting-row");
  await page.waitForNetworkIdle();
  assert.equal(await page.$(hook("guessing")), null);
});

test("whoever's session is over is told so before they sign in again", async () => {
  const { page } = clerk;
  await clerk.browser.setCookie({ name: "office", value: "over", domain: "localhost", path: "/api/office" });
  await page.goto(`${origin}/office/access`);
  await shown(page, "session-over");
  await fill(page, "signin-email", EMAIL);
  await fill(page, "signin-password", PASSWORD);
  await press(page, "signin-submit");
  await shown(page, "access-row");
});
