import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "puppeteer-core";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { startHouse } from "./lib/house.ts";
import { framesOf } from "./lib/measure.ts";
import { confirmUntil, connected, dataOf, goOnAir, hook, join, press, watchStream } from "./lib/people.ts";
import { signals } from "./lib/signals.ts";
import { needsRoot, openSink } from "./lib/sink.ts";
import { until } from "./lib/wait.ts";

/** A demo meeting with its broadcast, on a machine whose every word to the outside is written down. */
async function holdMeeting(through: string[], look: (chair: Person, gallery: Page) => Promise<void>): Promise<void> {
  const house = await startHouse({
    args: ["--demo", "--people", "2", "--planned"],
    env: { RAADHUIS_DELAY: "2" },
    through,
  });
  const chair = await openPerson({ name: "chair", signal: signals.green, through });
  try {
    const { page } = chair;
    await join(chair, house.ready.chair!, { on: true });
    await press(page, "conduct-open");
    await connected(page, '[data-phase="open"]');
    await goOnAir(page);
    const moving = async () => {
      const others = 'video[data-source="camera"]:not([data-self="true"])';
      await until("somebody else's picture", async () => (await page.$(others)) !== null);
      const frames = await framesOf(page, others);
      await until("that it moves", async () => (await framesOf(page, others)) > frames + 10);
    };
    await moving();
    const gallery = await openWindow(chair, `${house.ready.gallery.replace(/\/$/, "")}/meeting/${house.ready.meeting}`);
    await watchStream(gallery);
    for (let times = 0; times < 2; times++) {
      const epoch = Number(await dataOf(page, "chamber", "epoch"));
      await press(page, "conduct-doors");
      const moved = hook("chamber", `[data-media="connected"][data-epoch="${epoch + 1}"]`);
      await confirmUntil(page, "the new room", async () => (await page.$(moved)) !== null);
      await moving();
    }
    await look(chair, gallery);
  } finally {
    await chair.close();
    await house.close();
  }
}

test("no packet leaves a machine on which a council meets, and no name is asked", {
  skip: needsRoot,
  timeout: 600_000,
}, async () => {
  const sink = await openSink({ route: true });
  try {
    await holdMeeting(sink.through, async (chair, gallery) => {
      await press(chair.page, "conduct-close");
      await confirmUntil(chair.page, "the recording", async () => (await gallery.$(hook("recording"))) !== null);
      assert.deepEqual([sink.names(), sink.packets()], [[], []]);
      // The same look catches a page that does fetch something: without this, the silence above would say nothing.
      // A page of its own, because the house's pages may not load it (Content-Security-Policy).
      const foreign = await openWindow(chair);
      await foreign.setContent('<img src="http://counter.example/pixel.gif">', { waitUntil: "domcontentloaded" });
      await until("the foreign name", () => sink.names().includes("counter.example"));
      await until("the foreign packet", () => sink.packets().some((line) => line.includes("10.77.0.1.80")));
    });
  } finally {
    await sink.close();
  }
});

test("without any route to anywhere a council can meet", { skip: needsRoot, timeout: 600_000 }, async () => {
  const sink = await openSink({ route: false });
  try {
    await holdMeeting(sink.through, async () => assert.deepEqual(sink.packets(), []));
  } finally {
    await sink.close();
  }
});
