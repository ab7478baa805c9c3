import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { HTTPRequest } from "puppeteer-core";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { setUp } from "./lib/office.ts";
import { fill, hook, press, shown } from "./lib/people.ts";

const EMAIL = "griffie@proefdorp.example";
const PASSWORD = "een lang genoeg wachtwoord";

let house: House;
let clerk: Person;
before(async () => {
  house = await startHouse();
  clerk = await openPerson({ name: "griffier", locale: "en" });
  await setUp(clerk.page, house.ready.office);
});
after(async () => {
  await clerk?.close();
  await house?.close();
});

const go = (path: string) => clerk.page.goto(new URL(path, house.ready.home).href);
const goByLink = (path: string) => clerk.page.click(`a[href="${path}"]`);
const signIn = async () => {
  await fill(clerk.page, "signin-email", EMAIL);
  await fill(clerk.page, "signin-password", PASSWORD);
  await press(clerk.page, "signin-submit");
};
/** Another tab of the same browser is signed out, and with it this one. */
const signOutElsewhere = async () => {
  const other = await openWindow(clerk, new URL("/office", house.ready.home).href);
  await press(other, "sign-out");
  await shown(other, "signin-email");
  await other.close();
  await clerk.page.bringToFront();
};
/** Until it is called, whoever asks for this gets no answer. */
async function unanswered(method: string, path: string): Promise<() => Promise<void>> {
  const { page } = clerk;
  const answer = (request: HTTPRequest) =>
    void (request.method() === method && new URL(request.url()).pathname === path
      ? request.abort()
      : request.continue());
  await page.setRequestInterception(true);
  page.on("request", answer);
  return async () => {
    page.off("request", answer);
    await page.setRequestInterception(false);
  };
}

test("a page whose data do not come says why in the office's frame, and is there once it is tried again", async () => {
  const { page } = clerk;
  await go("/office");
  await shown(page, "office");
  const answered = await unanswered("GET", "/api/office/people");
  await goByLink("/office/people");
  await shown(page, "unloaded");
  await shown(page, "problem", '[data-code="house.failed"]');
  assert.ok(await page.$(hook("sign-out")), "the way to other pages is there");
  await answered();
  await press(page, "load-again");
  await shown(page, "person-name");
  assert.equal(await page.$(hook("unloaded")), null);
});

test("what was done is done, and what was shown stays, where the page cannot be asked anew", async () => {
  const { page } = clerk;
  await fill(page, "person-name", "Anna");
  await press(page, "person-add");
  await shown(page, "roster-row");
  const answered = await unanswered("GET", "/api/office/people");
  await fill(page, "person-name", "Bram");
  await press(page, "person-add");
  await shown(page, "problem", '[data-code="house.failed"]');
  assert.equal((await page.$$(hook("roster-row"))).length, 1);
  assert.equal(
    await page.$eval(hook("person-name"), (field) => "value" in field && field.value),
    "",
    "it was taken in",
  );
  await answered();
  await fill(page, "person-name", "Cas");
  await press(page, "person-add");
  await page.waitForFunction((rows) => document.querySelectorAll(rows).length === 3, {}, hook("roster-row"));
  await page.waitForFunction((problem) => !document.querySelector(problem), {}, hook("problem"));
});

test("whoever's session is over on the way to a page signs in on the spot and arrives", async () => {
  const { page } = clerk;
  await signOutElsewhere();
  await goByLink("/office/access");
  await shown(page, "sign-in-again");
  assert.ok(await page.$(hook("person-name")), "the page they came from stays until then");
  await signIn();
  await shown(page, "access-row");
});

test("whoever opens a page without a session signs in and is there; signed out, nothing of it is left", async () => {
  const { page } = clerk;
  await press(page, "sign-out");
  await shown(page, "signin-email");
  assert.equal(await page.$(hook("access-row")), null);
  await go("/office/people");
  await signIn();
  await page.waitForFunction((rows) => document.querySelectorAll(rows).length === 3, {}, hook("roster-row"));
});

test("a page whose code does not come, as after an update of the house, says so and can be loaded again", async () => {
  const { page } = clerk;
  await go("/office");
  await shown(page, "office");
  await page.setRequestInterception(true);
  const answer = (request: HTTPRequest) =>
    void (/\/assets\/SettingsPage-.*\.js$/.test(request.url()) ? request.abort() : request.continue());
  page.on("request", answer);
  await goByLink("/office/settings");
  await shown(page, "notice", '[data-code="page.broken"]');
  page.off("request", answer);
  await page.setRequestInterception(false);
  await page.click("main button");
  await shown(page, "settings-save");
});
