import assert from "node:assert/strict";
import { test } from "node:test";
import { chamberPart } from "../meetings/chamberPart.ts";
import { Pages } from "../meetings/pages.ts";
import { ground } from "../testing/alone.ts";
import { seatsPart } from "./part.ts";

test("by itself it exchanges a personal link for the seat's cookie, and opens the seat with that", async (t) => {
  const alone = await ground(t, 24295);
  const { meetings, log } = alone;
  const chamber = chamberPart(alone);
  const media = { occupancy: () => [], ticketsFor: async () => [] };
  const pages = new Pages({ ...chamber, meetings, media, zone: () => "Europe/Amsterdam", feed: alone.store.feed, log });
  const { part } = seatsPart({ ...alone, hub: chamber.hub, pages, trail: { note: () => undefined } });
  const { visitor } = await alone.open(chamber.part, part);
  const { meeting, seats } = await alone.plan();
  const [chair] = seats;
  const page = visitor();
  assert.equal((await page.post("/api/seats/redeem", { meeting, secret: chair!.secret })).status, 200);
  const line = await page.open(`/api/seats/${chair!.seat}/socket`);
  assert.equal((await line.welcome()).title, "Raadsvergadering");
  assert.equal((await visitor().get(`/api/seats/${chair!.seat}`)).status, 401);
  await line.close();
});
