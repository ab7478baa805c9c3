import assert from "node:assert/strict";
import { test } from "node:test";
import { ground } from "../testing/alone.ts";
import { trailPart } from "./part.ts";

test("by itself it notes what is asked at a route that is in the trail, and has it written when it stops", async (t) => {
  const alone = await ground(t, 24290);
  const { part } = trailPart(alone);
  const door = {
    name: "a door",
    routes: (app) =>
      void app.post("/here", { config: { who: "anyone", trail: { kind: "house.set-up" } } }, async () => "in"),
  } satisfies Parameters<typeof alone.open>[0];
  const { parts, visitor } = await alone.open(part, door);
  assert.equal((await visitor().post("/here")).status, 200);
  await parts.stop();
  const { rows } = await alone.store.trail.page({ page: 1, failed: false });
  assert.deepEqual(
    rows.map(({ kind, result, count }) => [kind, result, count]),
    [["house.set-up", "done", 1]],
  );
});
