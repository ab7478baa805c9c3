import assert from "node:assert/strict";
import { test } from "node:test";
import { Limiter, networkOf } from "./limiter.ts";

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

test("addresses of IPv6 count by their network of 64 bits, all others one by one", () => {
  for (const address of ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::1", "2001:db8:1:2::"])
    assert.equal(networkOf(address), "2001:db8:1:2");
  assert.equal(networkOf("2001:db8::1"), "2001:db8:0:0");
  assert.equal(networkOf("::1"), "0:0:0:0");
  assert.equal(networkOf("fe80::1%eth0"), "fe80:0:0:0");
  assert.equal(networkOf("203.0.113.9"), "203.0.113.9");
  assert.equal(networkOf("::ffff:203.0.113.9"), "::ffff:203.0.113.9");
});
