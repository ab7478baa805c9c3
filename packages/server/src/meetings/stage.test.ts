import assert from "node:assert/strict";
import { test } from "node:test";
import { isFollowing, isOver, type Stage, type Step, stageAfter } from "./stage.ts";

const stages: readonly Stage[] = ["new", "in", "out", "leaving", "gone"];
const steps: readonly Step[] = ["letIn", "putOut", "leave", "go"];
const stay = undefined;

const table: Record<Step, Record<Stage, Stage | undefined>> = {
  letIn: { new: "in", in: stay, out: "in", leaving: stay, gone: stay },
  putOut: { new: "out", in: "out", out: stay, leaving: stay, gone: stay },
  leave: { new: "leaving", in: "leaving", out: "leaving", leaving: stay, gone: stay },
  go: { new: "gone", in: "gone", out: "gone", leaving: "gone", gone: stay },
};

for (const step of steps)
  for (const stage of stages) {
    const after = table[step][stage];
    test(`${step}: whoever is ${stage} ${after ? `is ${after} afterwards` : "stays so"}`, () =>
      assert.equal(stageAfter(stage, step), after));
  }

test("whoever has gone never comes back, and whoever is leaving only goes", () => {
  assert.deepEqual(
    steps.map((step) => stageAfter("gone", step)),
    steps.map(() => undefined),
  );
  assert.deepEqual(
    steps.filter((step) => stageAfter("leaving", step)),
    ["go"],
  );
});

test("the meeting is followed inside and before its doors, and nobody is listened to who is on their way out", () => {
  assert.deepEqual(stages.filter(isFollowing), ["in", "out"]);
  assert.deepEqual(stages.filter(isOver), ["leaving", "gone"]);
});
