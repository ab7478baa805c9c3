import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromChild } from "@raadhuis/protocol/children";
import { waitFor } from "../testing/alone.ts";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { listenForOrders } from "../testing/orders.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24395;

test("pages hear of a change first: people move by the tickets they get then, before the old room is deleted", async (t) => {
  const { followers } = await houseFor(t, testSettings(PORT));
  assert.deepEqual(followers, [
    ...["pages", "sockets to the media server", "media server"],
    ...["broadcasts", "announcements"],
  ]);
});

test("a house lays its duty down and takes it up again while a broadcast goes on", async (t) => {
  const told: FromChild[] = [];
  const house = await houseFor(t, testSettings(PORT + 1), { tell: (message) => void told.push(message) });
  const { meeting, links } = await planMeeting(await setUp(house));
  const chair = await new Visitor(house.url).sit(links[0]!.link);
  const { agenda } = await chair.welcome();
  await chair.command({ type: "openMeeting" });
  await waitFor(() => told.some(({ type }) => type === "egress.want"));
  const egress = await listenForOrders(t);
  house.hear({ type: "egress.ready", meeting, ...egress.at });
  await egress.order(({ scene }) => scene.kind === "live");

  await house.duty.stop();
  const before = egress.orders.length;
  told.length = 0;
  // The chamber goes on, and what happens there meanwhile is shown afterwards.
  assert.equal((await chair.command({ type: "startItem", item: agenda[1]!.id })).type, "done");
  assert.equal(egress.orders.length, before, "off duty it ordered something");
  await house.duty.start();
  const order = await egress.order(({ item }) => item?.number === 2);
  assert.deepEqual([order.scene.kind, order.givenUp], ["live", false]);
  assert.ok(egress.orders.slice(before).every(({ item, end }) => item?.number === 2 && !end));
  assert.deepEqual(told, [], "it asked for an egress that it has");

  await chair.command({ type: "closeDoors" });
  await egress.order(({ scene }) => scene.kind === "slate" && scene.slate === "doorsClosed");
  assert.equal(egress.orders.filter(({ scene }) => scene.kind === "slate" && scene.slate === "before").length, 0);
});
