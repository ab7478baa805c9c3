import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { openPerson, type Person } from "./lib/browser.ts";
import { freePorts } from "./lib/house.ts";
import { connected, goOnAir, hears, hook, join, press, sees, soundOf } from "./lib/people.ts";
import { signals } from "./lib/signals.ts";
import { until } from "./lib/wait.ts";

/** No rule makes several rooms yet: this house has an occupancy of the tests' own. */
const HOUSE = fileURLToPath(new URL("../packages/server/src/testing/threeRoomsHouse.ts", import.meta.url));
const Ready = z.object({ url: z.string(), links: z.array(z.string()) });
let house: ChildProcess;
let chair: Person;
let carla: Person;

before(async () => {
  chair = await openPerson({ name: "chair", signal: signals.green });
  carla = await openPerson({ name: "carla", signal: signals.red });
});
after(async () => {
  await Promise.allSettled([chair?.close(), carla?.close()]);
  if (house?.connected) house.disconnect();
  if (house && house.exitCode === null) await once(house, "exit");
});

test("one seat is in two rooms at once: it hears both, is heard in the one that is shown, and moves with the last", {
  timeout: 600_000,
}, async () => {
  house = fork(HOUSE, [`${await freePorts()}`]);
  const { links } = Ready.parse((await once(house, "message"))[0]);
  const seats = {
    chair: await join(chair, links[0]!, { on: false }),
    carla: await join(carla, links[2]!, { on: false }),
  };
  await press(chair.page, "conduct-open");
  for (const { page } of [chair, carla]) {
    await connected(page, '[data-epoch="2"]');
    await goOnAir(page);
  }
  const other = hook("other-room", '[data-room$="-2-left"]');
  await chair.page.waitForSelector(`${other}[data-media="connected"]`, { timeout: 60_000 });
  await hears(chair.page, seats.carla, signals.red);
  const isThere = async (page: Person["page"], what: string) => (await page.$(what)) !== null;
  await until("the sound of the other room", () => isThere(chair.page, `${other} ${soundOf(seats.carla)}`));
  for (const media of ["audio", "video"])
    if (await isThere(carla.page, `${media}[data-seat="${seats.chair}"]`))
      throw new Error(`The chair's ${media} is in a room that is not shown to the chair.`);

  await press(chair.page, "start-item");
  await until("the other room is left", async () => !(await isThere(chair.page, hook("other-room"))));
  await connected(carla.page);
  await goOnAir(carla.page);
  await sees(chair.page, seats.carla, signals.red);
  await sees(carla.page, seats.chair, signals.green);
});
