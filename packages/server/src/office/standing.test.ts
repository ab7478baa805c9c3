import assert from "node:assert/strict";
import { test } from "node:test";
import { customerOf, Standing } from "./standing.ts";

test("what waits and what failed weighs on a network and, shared, on those that it is in", () => {
  const standing = new Standing({ now: () => 0 });
  const end = standing.come("2001:db8:7:1::1");
  const own = standing.of("2001:db8:7:1::2");
  const near = standing.of("2001:db8:7:ff00::1");
  const provider = standing.of("2001:db8:8::1");
  assert.ok(own > near && near > provider && provider > 0);
  assert.equal(standing.of("2001:db9::1"), 0);
  end("failed");
  assert.equal(standing.of("2001:db8:7:1::2"), own);
  standing.come("192.0.2.1")("not failed");
  assert.equal(standing.of("192.0.2.1"), 0);
});

test("whatever a provider's other customers did, a network that did nothing stands before one that failed", () => {
  const standing = new Standing({ now: () => 0 });
  for (let n = 0; n < 200; n++) standing.come(`192.0.${n}.1`)("failed");
  standing.come("203.0.113.1")("failed");
  assert.ok(standing.of("192.0.250.1") < standing.of("203.0.113.99"));
});

test("a failure is remembered for an hour, however many networks fail meanwhile at the house's pace", () => {
  let now = 0;
  const standing = new Standing({ now: () => now });
  standing.come("203.0.113.1")("failed");
  for (let n = 0; n < 3000; n++) {
    now += 1199;
    standing.come(`2001:${n.toString(16)}:7::1`)("failed");
  }
  assert.ok(standing.of("203.0.113.1") > 0);
  now = 3600_000;
  assert.equal(standing.of("203.0.113.1"), 0);
});

test("a customer's network is 48 bits of IPv6 and 24 of IPv4", () => {
  assert.equal(customerOf("2001:db8:7:1::1"), customerOf("2001:db8:7:ffff::1"));
  assert.notEqual(customerOf("2001:db8:7::1"), customerOf("2001:db8:8::1"));
  assert.equal(customerOf("192.0.2.1"), customerOf("192.0.2.200"));
});
