import assert from "node:assert/strict";
import { test } from "node:test";
import { HouseError } from "../errors.ts";
import { Limiter, NetworkLimiter } from "./limiter.ts";

const waitToldBy = (attempt: () => void): number => {
  try {
    attempt();
    return 0;
  } catch (error) {
    assert.ok(error instanceof HouseError && error.code === "request.too-many");
    return error.retryAfter ?? -1;
  }
};

test("each key has its burst, and one more after each pause; what is given back was never taken", () => {
  let now = 0;
  const limiter = new Limiter({ burst: 2, everyMs: 100, now: () => now });
  assert.deepEqual([limiter.take("a"), limiter.take("a"), limiter.take("a")], [true, true, false]);
  assert.ok(limiter.take("b"));
  now = 100;
  assert.deepEqual([limiter.take("a"), limiter.take("a")], [true, false]);
  limiter.giveBack("a");
  assert.ok(limiter.take("a"));
});

test("whoever has to wait is told for how long, in whole seconds, and after that there is one more", () => {
  let now = 0;
  const limiter = new Limiter({ burst: 2, everyMs: 30_000, now: () => now });
  limiter.mustTake("a");
  now = 400;
  limiter.mustTake("a");
  assert.equal(limiter.waitOf("a"), 29_600);
  const wait = waitToldBy(() => limiter.mustTake("a"));
  assert.equal(wait, 30);
  now += (wait - 1) * 1000;
  assert.equal(
    waitToldBy(() => limiter.mustTake("a")),
    1,
  );
  now += 1000;
  limiter.mustTake("a");
});

test("a machine whose clock is set back makes nobody wait for it", (t) => {
  let date = Date.now();
  t.mock.method(Date, "now", () => date);
  const limiter = new Limiter({ burst: 1, everyMs: 1000 });
  limiter.mustTake("a");
  date -= 3600_000;
  assert.ok(limiter.waitOf("a") <= 1000);
});

test("coming by ever new keys takes no more memory, and wipes out nothing that one owes", () => {
  const limiter = new Limiter({ burst: 5, everyMs: 1000, now: () => 0, most: 100 });
  while (limiter.take("guesser"));
  for (let n = 0; n < 10_000; n++) limiter.take(`network ${n}`);
  assert.equal(limiter.take("guesser"), false);
  const kept = Array.from({ length: 10_000 }, (_, n) => limiter.usedBy(`network ${n}`)).filter((used) => used > 0);
  assert.ok(kept.length <= 100, `${kept.length} keys are kept`);
});

test("a network has its allowance, a wider one a larger allowance, which many narrow ones share", () => {
  let now = 0;
  const limiter = new NetworkLimiter({ burst: 10, everyMs: 1000, now: () => now });
  const tries = (ips: string[]) => ips.filter((ip) => waitToldBy(() => limiter.mustTake(ip)) === 0).length;
  assert.equal(tries(Array<string>(30).fill("2001:db8:0:1::1")), 10);
  assert.equal(tries(Array.from({ length: 256 }, (_, n) => `2001:db8:0:${n.toString(16)}::1`)), 30);
  assert.equal(tries(Array.from({ length: 1000 }, (_, n) => `2001:db8:0:${(n << 6).toString(16)}::1`)), 40);
  assert.equal(tries(Array.from({ length: 256 }, (_, n) => `203.0.113.${n}`)), 40);
  assert.equal(tries(["2001:db8:1:1::1", "203.0.114.1"]), 2);
  now += waitToldBy(() => limiter.mustTake("2001:db8:0:ffff::1")) * 1000;
  limiter.mustTake("2001:db8:0:ffff::1");
});

test("a provider's network is never shut", () => {
  const limiter = new NetworkLimiter({ burst: 1, everyMs: 1000, now: () => 0 });
  for (let n = 0; n < 256; n++) limiter.mustTake(`2001:db8:${n.toString(16)}::1`);
  for (let n = 0; n < 256; n++) limiter.mustTake(`203.0.${n}.1`);
  limiter.mustTake("2001:db8:fff::1");
});

test("what is attempted apart is counted apart, and given back in every network", () => {
  const limiter = new NetworkLimiter({ burst: 1, everyMs: 1000, now: () => 0 });
  limiter.mustTake("203.0.113.1", "a");
  assert.ok(waitToldBy(() => limiter.mustTake("203.0.113.1", "a")) > 0);
  limiter.mustTake("203.0.113.1", "b");
  limiter.giveBack("203.0.113.1", "a");
  for (let n = 1; n <= 4; n++) limiter.mustTake(`203.0.113.${n}`, "a");
  assert.ok(waitToldBy(() => limiter.mustTake("203.0.113.5", "a")) > 0);
});
