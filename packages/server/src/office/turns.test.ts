import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setImmediate as moment } from "node:timers/promises";
import { HouseError } from "../errors.ts";
import { type Place, Turns } from "./turns.ts";

/** A queue whose works end when they are told to, and what became of each. */
function watched(options: ConstructorParameters<typeof Turns>[0]) {
  const turns = new Turns(options);
  const told: string[] = [];
  const open: (() => void)[] = [];
  let running = 0;
  const come = (name: string, place: Partial<Place> = {}) => {
    const work = async () => {
      running++;
      assert.equal(running, 1, "one at a time");
      await new Promise<void>((resolve) => open.push(resolve));
      running--;
    };
    turns.take({ known: false, rank: 0, gone: new AbortController().signal, ...place }, work).then(
      () => told.push(name),
      (error) => {
        assert.ok(error instanceof HouseError && error.code === "office.busy" && (error.retryAfter ?? 0) >= 1);
        told.push(`${name} refused`);
      },
    );
  };
  const end = async () => {
    open.shift()?.();
    await moment();
  };
  return { told, come, end, open };
}

test("work is done one at a time, and what has no place is told so at once", async () => {
  const { told, come, end } = watched({ most: { known: 1, strangers: 2 }, draw: (equals) => equals - 1 });
  for (const name of ["a", "b", "c", "d"]) come(name);
  await moment();
  assert.deepEqual(told, ["d refused"]);
  for (let n = 0; n < 3; n++) await end();
  assert.deepEqual(told, ["d refused", "a", "b", "c"]);
});

test("the attempts of twelve networks do not go before the first of another one", async () => {
  const { told, come, end } = watched({ most: { known: 1, strangers: 16 } });
  for (let attempt = 0; attempt < 10; attempt++)
    for (let network = 0; network < 12; network++) come(`${network}`, { rank: attempt / 20 });
  await moment();
  come("clerk");
  await moment();
  for (let n = 0; n < 20; n++) await end();
  const served = told.filter((name) => !name.endsWith("refused"));
  assert.equal(served.indexOf("clerk"), 12);
  assert.equal(served.length, 17);
});

test("when all places are taken, a fresh network gets that of whoever tried most often", async () => {
  const { told, come, end } = watched({ most: { known: 1, strangers: 3 } });
  for (const rank of [0, 0.1, 0.3, 0.2]) come(`at ${rank}`, { rank });
  come("clerk");
  await moment();
  assert.deepEqual(told, ["at 0.3 refused"]);
  await end();
  await end();
  assert.deepEqual(told.slice(1), ["at 0", "clerk"]);
});

test("among equals the lot says who is put out, so that whoever came last may stay", async () => {
  const { told, come } = watched({ most: { known: 1, strangers: 3 }, draw: () => 1 });
  for (const name of ["a", "b", "c", "d", "e"]) come(name);
  await moment();
  assert.deepEqual(told, ["c refused"]);
});

test("while all places are taken a group keeps one, its first, whatever the others' rank", async () => {
  const { told, come } = watched({ most: { known: 1, strangers: 3 } });
  come("at work");
  for (const [name, rank] of [
    ["a1", 0.1],
    ["a2", 0.2],
    ["b", 0.8],
  ] as const)
    come(name, { rank, group: name.slice(0, 1) });
  come("clerk", { rank: 0.9, group: "c" });
  await moment();
  assert.deepEqual(told, ["a2 refused"]);
});

test("a browser that is known goes before all others, and has places of its own", async () => {
  const { told, come, end } = watched({ most: { known: 1, strangers: 2 } });
  for (const name of ["a", "b", "c"]) come(name);
  come("known", { known: true, rank: 0.9 });
  await end();
  await end();
  assert.deepEqual(told, ["a", "known"]);
});

test("whoever goes loses their place, and nothing is done for them", async () => {
  const { told, come, end, open } = watched({});
  const gone = new AbortController();
  come("a");
  come("b", { gone: gone.signal });
  come("c");
  gone.abort();
  await moment();
  assert.deepEqual(told, ["b refused"]);
  await end();
  await end();
  assert.deepEqual([told, open.length], [["b refused", "a", "c"], 0]);
  come("d", { gone: AbortSignal.abort() });
  await moment();
  assert.deepEqual([told.at(-1), open.length], ["d refused", 0]);
});

test("nobody waits longer than the longest wait", async (t: TestContext) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { told, come, end } = watched({ longestMs: 20_000 });
  come("a");
  come("b");
  t.mock.timers.tick(19_999);
  await moment();
  assert.deepEqual(told, []);
  t.mock.timers.tick(1);
  await moment();
  assert.deepEqual(told, ["b refused"]);
  await end();
  assert.deepEqual(told, ["b refused", "a"]);
});

test("strangers are made to wait while the house is guessed at; a known browser is not", async (t: TestContext) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { told, come, end, open } = watched({ restMs: () => 1000 });
  come("a");
  come("b");
  await end();
  assert.equal(open.length, 0);
  come("known", { known: true });
  assert.equal(open.length, 1);
  await end();
  assert.deepEqual(told, ["a", "known"]);
  t.mock.timers.tick(1000);
  assert.equal(open.length, 1);
  await end();
  assert.deepEqual(told, ["a", "known", "b"]);
});

test("work that fails fails for its own alone", async () => {
  const turns = new Turns();
  const place = { known: false, rank: 0, gone: new AbortController().signal };
  await assert.rejects(
    turns.take(place, async () => {
      throw new Error("broken");
    }),
    /broken/,
  );
  assert.equal(await turns.take(place, async () => "well"), "well");
});
