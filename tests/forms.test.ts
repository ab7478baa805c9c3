import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { planMeeting, setUp } from "./lib/office.ts";
import { fill, hook, press, shown } from "./lib/people.ts";
import { until } from "./lib/wait.ts";

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
const typedIn = (id: string): Promise<string> =>
  clerk.page.$eval(hook(id), (field) => ("value" in field ? String(field.value) : ""));
const focused = (id: string) =>
  clerk.page.waitForFunction((selector) => document.activeElement?.matches(selector) ?? false, {}, hook(id));
/** What is said of a field, as whoever comes to it hears it. */
const saidOf = (id: string): Promise<string> =>
  clerk.page.$eval(hook(id), (field) =>
    (field.getAttribute("aria-describedby") ?? "")
      .split(" ")
      .map((part) => document.getElementById(part)?.textContent ?? "")
      .join(" "),
  );
const says = (id: string, words: RegExp) => until(`${id} says ${words}`, async () => words.test(await saidOf(id)));
const signInHere = async () => {
  await shown(clerk.page, "sign-in-again");
  await fill(clerk.page, "signin-email", EMAIL);
  await fill(clerk.page, "signin-password", PASSWORD);
  await press(clerk.page, "signin-submit");
};
const endSession = async () => {
  const cookies = await clerk.browser.cookies();
  const office = cookies.filter(({ name }) => name.includes("office") && !name.includes("device"));
  assert.ok(office.length > 0);
  await clerk.browser.deleteCookie(...office);
};

test("what is wrong is said beside its field in the reader's language, by name, and the first takes the focus", async () => {
  const { page } = clerk;
  await go("/office/meetings/new");
  await fill(page, "extra-name", "Anna Voorzitter");
  await press(page, "extra-add");
  await shown(page, "seat-row");
  await focused("extra-name");
  await press(page, "meeting-submit");
  await focused("meeting-title");
  await says("meeting-title", /Fill in “Title”\./);
  await press(page, "language");
  await page.waitForFunction(
    (field) => document.querySelector(field)?.textContent?.includes("Vul “Titel” in."),
    {},
    hook("field-error"),
  );
  await press(page, "language");
  await fill(page, "meeting-title", "Raad");
  assert.equal(await page.$(hook("field-error")), null);
});

test("a form is as it was left after a way to another page and back, and a reload", async () => {
  const { page } = clerk;
  await fill(page, "meeting-agenda", "Opening\nSluiting");
  await fill(page, "extra-name", "Half a na");
  for (const back of [
    async () => {
      await page.click('a[href="/office/people"]');
      await shown(page, "person-name");
      await page.goBack();
    },
    () => page.reload(),
  ]) {
    await back();
    await shown(page, "draft-kept");
    assert.deepEqual(await Promise.all(["meeting-title", "meeting-agenda", "extra-name"].map(typedIn)), [
      "Raad",
      "Opening\nSluiting",
      "Half a na",
    ]);
    assert.equal((await page.$$(hook("seat-row"))).length, 1);
  }
});

test("while it is sent the button says so, keeps the focus and takes no second press; a house that is away leaves all as it was", async () => {
  const { page } = clerk;
  await page.setRequestInterception(true);
  const held: { abort(): Promise<void> }[] = [];
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/meetings")) held.push(request);
    else void request.continue();
  });
  await page.focus(hook("meeting-submit"));
  await page.$eval(hook("meeting-submit"), (button) => {
    if (!(button instanceof HTMLElement)) return;
    button.click();
    button.click();
  });
  await shown(page, "meeting-submit", '[aria-busy="true"]');
  await page.click(hook("meeting-submit"));
  await focused("meeting-submit");
  await page.waitForFunction((busy) => document.querySelector(busy)?.textContent !== "", {}, hook("busy"));
  assert.equal(held.length, 1);
  await held[0]?.abort();
  await shown(page, "problem", '[data-code="house.failed"]');
  await focused("meeting-submit");
  page.removeAllListeners("request");
  await page.setRequestInterception(false);
  assert.equal(await typedIn("meeting-title"), "Raad");
});

test("whose session ends over a filled form signs in on the spot, and it is sent", async () => {
  const { page } = clerk;
  await endSession();
  await press(page, "meeting-submit");
  await shown(page, "sign-in-again");
  await press(page, "sign-in-later");
  await shown(page, "problem");
  await press(page, "meeting-submit");
  await signInHere();
  await shown(page, "link-row", '[data-name="Anna Voorzitter"]');
  await go("/office/meetings/new");
  await shown(page, "meeting-title");
  assert.equal(await typedIn("meeting-title"), "", "what was sent is kept no more");
});

test("the house's refusal stands beside the field that it is of", async () => {
  const { page } = clerk;
  await go("/office/people");
  for (const name of ["Bob", "bob"]) {
    await fill(page, "person-name", name);
    await press(page, "person-add");
    if (name === "Bob") await shown(page, "roster-row");
  }
  await says("person-name", /has this name already/);
  await focused("person-name");
  assert.equal(await typedIn("person-name"), "bob");
});

test("on the meeting's screen what was typed outlives the session, and the screen goes on", async () => {
  const { page } = clerk;
  await go("/office");
  const { meeting } = await planMeeting(page, {
    title: "Raad",
    agenda: ["Opening"],
    seats: [{ name: "Anna Voorzitter", role: "chair" }],
  });
  await go(`/office/meetings/${meeting}`);
  await fill(page, "item-title", "Rondvraag");
  const other = await openWindow(clerk, new URL("/office", house.ready.home).href);
  await press(other, "sign-out");
  await other.close();
  await page.bringToFront();
  await signInHere();
  await shown(page, "live", '[data-link="open"]');
  assert.equal(await typedIn("item-title"), "Rondvraag");
  await press(page, "item-add");
  await page.waitForFunction(
    (items) => [...document.querySelectorAll(items)].some((item) => item.textContent?.includes("Rondvraag")),
    {},
    hook("agenda-item"),
  );
});

test("whoever cannot be signed out is told so, and is not shown as if they were", async () => {
  const { page } = clerk;
  await page.setOfflineMode(true);
  await press(page, "sign-out");
  await shown(page, "problem", '[data-code="house.failed"]');
  assert.ok(await page.$(hook("sign-out")));
  await page.setOfflineMode(false);
});

test("whoever signs out leaves nothing of what was typed, and no password is ever kept", async () => {
  const { page } = clerk;
  await go("/office/people");
  await fill(page, "person-name", "Cas");
  const kept = () => page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  assert.match(await kept(), /Cas/);
  await press(page, "sign-out");
  await fill(page, "signin-email", EMAIL);
  await fill(page, "signin-password", "niet het goede");
  await press(page, "signin-submit");
  await shown(page, "field-error");
  await focused("signin-password");
  await says("signin-password", /wrong/);
  assert.doesNotMatch(await kept(), /Cas|niet het goede/);
  await page.reload();
  await shown(page, "signin-email");
  assert.deepEqual([await typedIn("signin-email"), await typedIn("signin-password")], [EMAIL, ""]);
});
