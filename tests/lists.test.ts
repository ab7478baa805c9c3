import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { openPerson, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { setUp } from "./lib/office.ts";
import { dataOf, fill, hook, press, shown } from "./lib/people.ts";
import { until } from "./lib/wait.ts";

let house: House;
let clerk: Person;
let folder: string;

before(async () => {
  house = await startHouse();
  clerk = await openPerson({ name: "clerk" });
  folder = await mkdtemp(join(tmpdir(), "raadhuis-lists-"));
  await setUp(clerk.page, house.ready.office);
});
after(async () => {
  await clerk?.close();
  await house?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

const named = (page: Page): Promise<string[]> =>
  page.$$eval(`${hook("roster-row")} strong`, (names) => names.map((name) => name.textContent ?? ""));

async function open(page: Page, name: string, bytes: Buffer): Promise<void> {
  const file = join(folder, name);
  await writeFile(file, bytes);
  const input = await page.waitForSelector('input[data-testid="list-file"]');
  assert.ok(input);
  await input.uploadFile(file);
}

test("a roster is looked at before it is taken in, mended by line, and taken in once", async () => {
  const { page } = clerk;
  await page.goto(new URL("/office/people", house.ready.home).href);
  const list = [
    "Naam;Fractie;Functie",
    'Zoë Çelik;"Dorp; Stad";lid',
    "Piet Bestuur;;Wethouder",
    "Jan de Vries;VVD;lid",
    "Jan de Vries;D66;lid",
    `${"x".repeat(101)};;lid`,
  ];
  // As Excel saves it here: Windows-1252, of which Latin-1 is the part that is used.
  await open(page, "raad.csv", Buffer.from(list.join("\r\n"), "latin1"));
  await shown(page, "list-row", '[data-line="5"][data-state="wrong"][data-field="name"]');
  await shown(page, "list-row", '[data-line="6"][data-state="wrong"][data-field="name"]');
  await shown(page, "list-row", '[data-line="3"][data-state="asked"]');
  assert.equal(await page.$(hook("paste-add", ":not(:disabled)")), null);

  await page.select(hook("list-role", '[data-word="wethouder"]'), "guest");
  // The first of those that want mending.
  await fill(page, "list-name", "Jan de Vries (D66)");
  await press(page, "list-row", `[data-line="6"] ${hook("list-leave-out")}`);
  await page.waitForSelector(hook("paste-add", ":not(:disabled)"));
  // Twice within a moment.
  await page.$eval(hook("paste-add"), (button) => {
    if (!(button instanceof HTMLElement)) return;
    button.click();
    button.click();
  });
  await shown(page, "list-done", '[data-added="4"][data-changed="0"]');
  assert.deepEqual(await named(page), ["Zoë Çelik", "Piet Bestuur", "Jan de Vries", "Jan de Vries (D66)"]);

  await fill(page, "paste-list", "naam,partij\nJAN DE VRIES,D66\nAnna,VVD");
  await shown(page, "list-row", '[data-line="2"][data-state="known"]');
  await page.select(hook("list-role", '[data-word=""]'), "member");
  await press(page, "list-change");
  await press(page, "paste-add");
  await shown(page, "list-done", '[data-added="1"][data-changed="1"]');
  assert.deepEqual(await named(page), ["Zoë Çelik", "Piet Bestuur", "JAN DE VRIES", "Jan de Vries (D66)", "Anna"]);
});

test("councils and committees are kept in the settings, by keyboard too, and the form for a meeting offers them", async () => {
  const { page } = clerk;
  await page.goto(new URL("/office/meetings/new", house.ready.home).href);
  await shown(page, "meeting-title");
  assert.equal(await page.$(hook("meeting-organ")), null);
  await page.goto(new URL("/office/settings", house.ready.home).href);
  const names = () => page.$$eval(`${hook("organ-row")} strong`, (rows) => rows.map((row) => row.textContent ?? ""));
  const add = async (name: string) => {
    await fill(page, "organ-name", name);
    await press(page, "organ-submit");
  };
  await add("Gemeenteraad");
  await until("the first", async () => (await names()).length === 1);
  await add("GEMEENTERAAD");
  await shown(page, "field-error");
  await add("Commissie Ruimte");
  await until("the second", async () => (await names()).length === 2);

  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-testid"));
  await page.focus(`${hook("organ-row")}:last-child ${hook("organ-edit")}`);
  await page.keyboard.press("Enter");
  await until("the name to have the focus", async () => (await focused()) === "organ-edit-name");
  await page.keyboard.type(" en Wonen");
  await page.keyboard.press("Enter");
  await until("another name", async () => (await names())[1] === "Commissie Ruimte en Wonen");
  await until("the row to have the focus back", async () => (await focused()) === "organ-edit");
  await press(page, "organ-row", `:first-of-type ${hook("organ-remove")}`);
  await press(page, "confirm");
  await until("one left", async () => (await names()).length === 1);

  await fill(page, "identifier", "gm 0236");
  await press(page, "identifier-save");
  await shown(page, "field-error");
  await fill(page, "identifier", "gm0236");
  await press(page, "identifier-save");
  await shown(page, "identifier-save", ":disabled");
});

test("an agenda says which line does not fit, beside it, and nothing that was typed is lost", async () => {
  const { page } = clerk;
  await page.goto(new URL("/office/meetings/new", house.ready.home).href);
  const text = `1.\tOpening\n19.30 uur: Vragen\n2.\tEen\tpunt\n3.\t${"lang ".repeat(70)}`;
  await fill(page, "meeting-title", "Raad");
  const organ = await page.$eval(hook("meeting-organ", " option:last-child"), (option) => option.getAttribute("value"));
  await page.select(hook("meeting-organ"), organ ?? "");
  await fill(page, "meeting-agenda", text);
  await shown(page, "agenda-fault", '[data-line="4"][data-fault="too-long"]');
  await press(page, "meeting-submit");
  await page.waitForFunction((area) => document.activeElement?.matches(area), {}, hook("meeting-agenda"));
  assert.equal(
    await page.$eval(hook("meeting-agenda"), (area) => area instanceof HTMLTextAreaElement && area.value),
    text,
  );
  await fill(page, "meeting-agenda", text.replace(/lang .*/, "Sluiting"));
  await until("four items", async () => (await page.$$(hook("agenda-preview"))).length === 4);
  const seats = () => page.$$eval(hook("seat-row"), (rows) => rows.length);
  assert.equal(await seats(), 5);
  // Somebody else at the office takes a person off the roster meanwhile.
  await page.evaluate(async () => {
    const [person] = await (await fetch("/api/office/people")).json();
    await fetch(`/api/office/people/${person.id}`, { method: "DELETE" });
  });
  await press(page, "meeting-submit");
  await shown(page, "seats-error");
  await until("one seat fewer", async () => (await seats()) === 4);
  await press(page, "meeting-submit");
  await shown(page, "link-row");
  await press(page, "to-live");
  await shown(page, "agenda-item");
  const items = await page.$$eval(hook("agenda-item"), (rows) => rows.map((row) => row.textContent ?? ""));
  for (const [index, title] of ["Opening", "19.30 uur: Vragen", "Een punt", "Sluiting"].entries())
    assert.ok(items[index]?.includes(title), `${items[index]}`);
  assert.equal(await dataOf(page, "agenda-item", "current"), "false");
  const ofOrgan = () => page.$eval(hook("of-organ"), (name) => name.textContent);
  assert.equal(await ofOrgan(), "Commissie Ruimte en Wonen");
  await page.goto(new URL("/office", house.ready.home).href);
  await shown(page, "meeting-row");
  assert.equal(await ofOrgan(), "Commissie Ruimte en Wonen");
});
