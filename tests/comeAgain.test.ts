import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPerson, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { setUp } from "./lib/office.ts";
import { fill, hook, press, shown } from "./lib/people.ts";

let house: House;
let clerk: Person;
before(async () => {
  house = await startHouse();
  clerk = await openPerson({ name: "griffier", locale: "en" });
});
after(async () => {
  await clerk?.close();
  await house?.close();
});

/** Waits until the page says so: in the language it is in, or in the other one, which it is changed to. */
async function says(id: string, { en, nl }: { en: RegExp; nl: RegExp }): Promise<void> {
  for (const words of [en, nl]) {
    await clerk.page.waitForFunction(
      (selector, words) => new RegExp(words).test(document.querySelector(selector)?.textContent ?? ""),
      { timeout: 30_000 },
      hook(id),
      words.source,
    );
    await press(clerk.page, "language");
  }
}

test("a house that is not set up says what to do, and a set-up link that is none says so before anything is filled in", {
  timeout: 120_000,
}, async () => {
  await clerk.page.goto(`${house.ready.home}office`);
  await shown(clerk.page, "notice", '[data-code="office.not-set-up"]');
  await says("notice", {
    en: /an hour; after that, start Raadhuis again/,
    nl: /een uur; start Raadhuis daarna opnieuw/,
  });
  await clerk.page.goto(`${house.ready.home}office/setup#${"x".repeat(43)}`);
  await shown(clerk.page, "notice", '[data-code="setup.unknown"]');
  await says("notice", { en: /start Raadhuis again/, nl: /start Raadhuis opnieuw/ });
});

test("whoever tried too often reads in their language when to come again", { timeout: 120_000 }, async () => {
  const { page } = clerk;
  await setUp(page, house.ready.office);
  await press(page, "sign-out");
  const email = "iemand@proefdorp.example";
  const statuses = await page.evaluate(async (email) => {
    const answers: number[] = [];
    for (let n = 0; n < 11; n++) {
      const body = JSON.stringify({ email, password: `geraden ${n}` });
      const headers = { "content-type": "application/json" };
      answers.push((await fetch("/api/office/sign-in", { method: "POST", headers, body })).status);
    }
    return answers;
  }, email);
  assert.deepEqual(statuses, [...Array<number>(10).fill(401), 429]);
  await fill(page, "signin-email", email);
  await fill(page, "signin-password", "nog eens geraden");
  await press(page, "signin-submit");
  await shown(page, "problem", '[data-code="request.too-many"]');
  await says("problem", { en: /Try again in \d+ seconds?\./, nl: /Probeer het over \d+ seconden? opnieuw/ });
});
