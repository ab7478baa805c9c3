import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { FromChild } from "@raadhuis/protocol/children";
import { Hub } from "../meetings/hub.ts";
import { ground } from "../testing/alone.ts";
import { listenForOrders } from "../testing/orders.ts";
import { programmePart } from "./part.ts";

const MINUTE = 60_000;

/** On a ground of its own; a meeting that is planned there has its time in a minute. */
async function programme(t: TestContext, port: number) {
  const alone = await ground(t, port);
  const told: FromChild[] = [];
  const { part, broadcasts } = programmePart({
    ...{ ...alone, hub: new Hub(), zone: () => "Europe/Amsterdam" },
    media: { tickets: { forEgress: async () => null }, steward: { media: "well", onHealth: () => undefined } },
    tell: (message) => void told.push(message),
  });
  const { parts } = await alone.open(part);
  const plan = () => alone.plan({ startsAt: Date.now() + MINUTE });
  return { ...alone, parts, broadcasts, told, plan };
}

test("by itself it wants an egress for a meeting whose time has come, and orders of it what there is to be shown", async (t) => {
  const { parts, broadcasts, told, plan } = await programme(t, 24335);
  const { meeting } = await plan();
  assert.deepEqual(told, [], "off duty it wants nothing");

  await parts.startDuty();
  assert.deepEqual(told, [{ type: "egress.want", meeting }]);
  const egress = await listenForOrders(t);
  await broadcasts.hear({ type: "egress.ready", meeting, ...egress.at });
  const order = await egress.order(() => true);
  assert.deepEqual([order.meeting, order.scene], [meeting, { kind: "slate", slate: "before", text: null }]);
});

test("laid down and taken up again it goes on with the egress that is there, of which nothing is taken back", async (t) => {
  const { parts, broadcasts, told, plan, command } = await programme(t, 24345);
  const { meeting } = await plan();
  await parts.startDuty();
  const egress = await listenForOrders(t);
  await broadcasts.hear({ type: "egress.ready", meeting, ...egress.at });
  await egress.order(() => true);

  await parts.stopDuty();
  const before = egress.orders.length;
  const add = (item: string) => command(meeting, { type: "addItem", item, title: "Rondvraag" });
  await add("itemoff1");
  // Had an order been on its way, it would have come before the next one is put.
  told.length = 0;
  await parts.startDuty();
  await egress.order(({ agenda }) => agenda.some(({ id }) => id === "itemoff1"));
  await add("itemon12");
  await egress.order(({ agenda }) => agenda.some(({ id }) => id === "itemon12"));
  const since = egress.orders.slice(before);
  assert.ok(since.every(({ agenda, givenUp }) => !givenUp && agenda.some(({ id }) => id === "itemoff1")));
  assert.deepEqual(told, [], "it asked for an egress that it knew");

  // The egress died while nobody was on duty: another one is wanted.
  await parts.stopDuty();
  await broadcasts.hear({ type: "egress.gone", meeting });
  await parts.startDuty();
  assert.deepEqual(told, [{ type: "egress.want", meeting }]);
});
