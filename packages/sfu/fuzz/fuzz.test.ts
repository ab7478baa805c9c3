import assert from "node:assert/strict";
import { it } from "node:test";
import { campaign } from "./campaign.ts";

/** A short run of what `npm run fuzz` does at length. */
it("hostile messages and datagrams end neither the media server nor the call beside", {
  timeout: 600_000,
}, async () => {
  const outcome = await campaign({ seed: 4, ms: 10_000, messages: 2000, datagrams: 10_000 });
  assert.equal(outcome.crash, null);
  assert.ok(outcome.messages >= 2000);
  assert.ok(outcome.thrownOut > 0, "nobody was told off");
});

it("somebody who comes and goes fifty times a second ends neither the media server nor the call beside", {
  timeout: 240_000,
}, async () => {
  const { crash, visits } = await campaign({ seed: 4, ms: 4000, messages: 0, datagrams: 0, only: "visits" });
  assert.equal(crash, null);
  assert.ok(visits.joined >= 100, `${visits.joined} joined`);
  assert.equal(visits.lost, 0);
});
