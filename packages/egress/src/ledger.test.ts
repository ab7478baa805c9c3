import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { test } from "node:test";
import { Ledger } from "./ledger.ts";
import { BEFORE_LISTS, RENDITIONS } from "./renditions.ts";
import { emptyHouse } from "./testing/house.ts";
import { TWO } from "./testing/renditions.ts";
import { heading, segment } from "./testing/segments.ts";

test("a broadcast keeps the renditions that it began with, whatever a later egress would begin with", async (context) => {
  const { ledger: path } = await emptyHouse(context);
  const first = await Ledger.open(path, TWO);
  assert.deepEqual(first.renditions, TWO);
  await first.add(segment(0, { more: { "360p": 7 } }));
  const next = await Ledger.open(path, RENDITIONS);
  assert.deepEqual(next.renditions, TWO);
  assert.deepEqual(next.segments, [segment(0, { more: { "360p": 7 } })]);
  assert.equal(next.damaged, 0);
});

test("a ledger from before there were lists goes on with the one rendition that there was", async (context) => {
  const { ledger: path } = await emptyHouse(context);
  const { more: _, heading: __, ...old } = segment(0);
  await mkdir(dirname(path));
  await writeFile(path, `${JSON.stringify({ type: "segment", segment: old, heading })}\n`);
  const ledger = await Ledger.open(path, TWO);
  assert.deepEqual(ledger.renditions, BEFORE_LISTS);
  assert.deepEqual(ledger.segments, [segment(0)]);
  assert.equal(ledger.damaged, 0);
});
