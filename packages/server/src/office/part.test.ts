import assert from "node:assert/strict";
import { test } from "node:test";
import { newSetUpLink } from "../house/setUp.ts";
import { chamberPart } from "../meetings/chamberPart.ts";
import { Pages } from "../meetings/pages.ts";
import { ground, waitFor } from "../testing/alone.ts";
import { CHEAP, setUp } from "../testing/house.ts";
import { BodyZone } from "./bodyZone.ts";
import { Doorkeeper } from "./doorkeeper.ts";
import { officePart } from "./part.ts";

test("by itself it is set up, and the clerk of it keeps a roster", async (t) => {
  const alone = await ground(t, 24300);
  const { store, settings, meetings, log } = alone;
  const chamber = chamberPart(alone);
  const media = { occupancy: () => [], ticketsFor: async () => [] };
  const zone = await BodyZone.of({ store, onError: (error) => assert.ifError(error) });
  const changes: string[] = [];
  zone.onChange(() => changes.push(zone.present));
  const { part } = officePart({
    ...{ ...alone, zone, doorkeeper: new Doorkeeper({ cost: CHEAP }) },
    pages: new Pages({ ...chamber, meetings, media, zone: () => zone.present, feed: store.feed, log }),
    trail: { note: () => undefined },
  });
  await alone.open(chamber.part, part);
  const clerk = await setUp({ url: settings.chamber.url, setUpLink: await newSetUpLink(store, settings) });
  await waitFor(() => changes.length > 0);
  assert.deepEqual(changes, [zone.present]);
  const person = { name: "Anna Voorzitter", party: null, role: "chair" };
  assert.equal((await clerk.post("/api/office/people", person)).status, 200);
  assert.deepEqual(
    (await store.house.people()).map(({ name }) => name),
    ["Anna Voorzitter"],
  );
});
