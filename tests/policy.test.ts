import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPerson, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";

/** What the pages' own policy forbids, no page tries: a clean console is one in which a fault is seen. */
let house: House;
let person: Person;
before(async () => {
  house = await startHouse();
  person = await openPerson({ name: "visitor" });
});
after(async () => {
  await person?.close();
  await house?.close();
});

for (const [name, address] of [
  ["home", () => house.ready.home],
  ["the office", () => house.ready.office],
  ["an address that leads nowhere", () => `${house.ready.home}nowhere`],
  ["the gallery", () => house.ready.gallery],
  ["a meeting of the gallery", () => `${house.ready.gallery}meeting/abcdefgh`],
] as const)
  test(`${name} keeps to its own policy`, async () => {
    await person.page.evaluateOnNewDocument(() => {
      const violations: string[] = [];
      Object.assign(globalThis, { violations });
      addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
    });
    await person.page.goto(address());
    await person.page.waitForSelector("h1");
    assert.deepEqual(await person.page.evaluate("globalThis.violations"), []);
  });
