import assert from "node:assert/strict";
import { after, test } from "node:test";
import { openPerson, type Person } from "./browser.ts";
import { needsRoot, openSink, type Sink } from "./sink.ts";
import { until } from "./wait.ts";

const page = (body: string) => `data:text/html,${encodeURIComponent(body)}`;

test("a sink records what leaves", { skip: needsRoot }, async (suite) => {
  let sink: Sink | undefined;
  let person: Person | undefined;
  after(async () => {
    await person?.close();
    await sink?.close();
  });
  sink = await openSink({ route: true });
  person = await openPerson({ name: "somebody", through: sink.through });
  const { page: tab } = person;
  const { packets, names } = sink;

  await suite.test("a browser with a page of its own sends nothing", async () => {
    await tab.goto(page("<p>alone</p>"));
    assert.deepEqual([packets(), names()], [[], []]);
  });

  await suite.test("a foreign image is caught, by name and by packet", async () => {
    await tab.goto(page('<img src="http://tracker.example/pixel.png">'), { waitUntil: "domcontentloaded" });
    await until("the name", () => names().includes("tracker.example"));
    await until("a packet to port 80", () => packets().some((line) => / > 10\.77\.0\.1\.80:/.test(line)));
  });
});
