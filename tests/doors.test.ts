import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { appearsAt, clickedAt, mediaBackAt } from "./lib/moments.ts";
import { connected, dataOf, goOnAir, hook, join, pictureOf, press, sees, shown, soundOf, turn } from "./lib/people.ts";
import { signals } from "./lib/signals.ts";

/** The doors close and open as one act. */
let house: House;
let chair: Person;
let member: Person;
let citizen: Person;
const seats = { chair: "", member: "", citizen: "" };

before(async () => {
  house = await startHouse({ args: ["--demo", "--people", "0"], env: { RAADHUIS_DELAY: "3" } });
  chair = await openPerson({ name: "chair", signal: signals.green });
  member = await openPerson({ name: "member", signal: signals.red });
  seats.chair = await join(chair, house.ready.chair!, { on: true });
  seats.member = await join(member, house.ready.members![0]!, { on: true });
  citizen = { ...member, page: await openWindow(member) };
  seats.citizen = await join(citizen, house.ready.citizen!, { on: false });
  await press(chair.page, "conduct-open");
  for (const { page } of [chair, member]) {
    await connected(page, '[data-phase="open"]');
    await goOnAir(page);
  }
  await connected(citizen.page, '[data-phase="open"]');
  await sees(citizen.page, seats.chair, signals.green);
});
after(async () => {
  await Promise.allSettled([chair?.close(), member?.close()]);
  await house?.close();
});

const isOn = async (id: string, { page }: Person) =>
  (await page.$eval(hook(id), (button) => button.getAttribute("aria-pressed"))) === "true";

test("closing puts those without the right out within a second, and brings the others back to one another", {
  timeout: 600_000,
}, async () => {
  const watching = Promise.all([
    mediaBackAt(chair.page, pictureOf(seats.member), soundOf(seats.member)),
    mediaBackAt(member.page, pictureOf(seats.chair), soundOf(seats.chair)),
  ]);
  const out = appearsAt(citizen.page, hook("notice", '[data-code="doors.closed"]'));
  await chair.page.emulateFocusedPage(true);
  await press(chair.page, "conduct-doors");
  await shown(chair.page, "confirm");
  const at = await clickedAt(chair.page, hook("confirm"));
  const left = await out;
  console.log(`out after ${Math.round(left - at)} ms`);
  assert.ok(left - at < 1000, `${left - at} ms`);
  assert.equal(await citizen.page.$("video[data-source=camera]:not([data-self])"), null);
  await shown(chair.page, "doors", '[data-doors="closed"]');
  const focused = await chair.page.waitForFunction(
    () => document.activeElement !== document.body && document.activeElement?.id,
  );
  assert.equal(
    await focused.jsonValue(),
    "conduct-title",
    "another press of the same key would put the meeting on air",
  );
  for (const { page } of [chair, member]) {
    await shown(page, "doors", '[data-doors="closed"]');
    await shown(page, "on-air", '[data-on-air="false"]');
    await turn(page, "camera", true);
    await turn(page, "mic", true);
  }
  console.log(
    `media back after ${(await watching).flatMap(({ picture, sound }) => [picture, sound]).map((moment) => Math.round(moment - at))} ms`,
  );
  await sees(chair.page, seats.member, signals.red);
  await sees(member.page, seats.chair, signals.green);
});

test("opening lets them in again, with everybody's microphone and camera off until they say yes", {
  timeout: 600_000,
}, async () => {
  const epoch = Number(await dataOf(chair.page, "chamber", "epoch"));
  await press(chair.page, "conduct-doors");
  for (const person of [chair, member, citizen]) {
    await connected(person.page, `[data-epoch="${epoch + 1}"]`);
    await shown(person.page, "on-air", '[data-on-air="true"]');
  }
  for (const person of [chair, member])
    for (const id of ["mic", "camera"]) assert.equal(await isOn(id, person), false, `${person.name}'s ${id}`);
  await goOnAir(chair.page);
  await sees(citizen.page, seats.chair, signals.green);
  for (const id of ["mic", "camera"]) assert.equal(await isOn(id, member), false, `member's ${id} stays off`);
});
