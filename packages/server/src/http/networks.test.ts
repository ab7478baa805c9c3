import assert from "node:assert/strict";
import { test } from "node:test";
import { asWritten, networkOf, networksOf } from "./networks.ts";

const names = (ip: string) => networksOf(ip).map(({ name }) => name);

test("an address of IPv6 is counted by its networks of 64, 56, 48 and 32 bits, the wider the more generously", () => {
  for (const address of ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::1", "2001:db8:1:2::", "2001:0DB8:0001:02::%eth0"])
    assert.deepEqual(names(address), ["2001:db8:1:2/64", "2001:db8:1:0/56", "2001:db8:1/48", "2001:db8/32"]);
  assert.deepEqual(names("2001:db8:1:ab7f::1"), [
    "2001:db8:1:ab7f/64",
    "2001:db8:1:ab00/56",
    "2001:db8:1/48",
    "2001:db8/32",
  ]);
  assert.deepEqual(names("::1"), ["0:0:0:0/64", "0:0:0:0/56", "0:0:0/48", "0:0/32"]);
  const allowances = networksOf("2001:db8::1").map(({ allowance }) => allowance);
  assert.deepEqual(
    allowances,
    allowances.toSorted((a, b) => a - b),
  );
});

test("an address of IPv4 is counted by itself, its 24 and its 16 bits, also where it is mapped into IPv6 or has a port", () => {
  for (const address of ["203.0.113.9", "::ffff:203.0.113.9", "::FFFF:cb00:7109", "203.0.113.9:4711"])
    assert.deepEqual(names(address), ["203.0.113.9", "203.0.113.0/24", "203.0.0.0/16"]);
  assert.deepEqual(names("[2001:db8:1:2::1]:4711"), names("2001:db8:1:2::1"));
});

test("the narrowest network is shown as networks are written", () => {
  for (const [ip, written] of [
    ["2001:db8:1:20::1", "2001:db8:1:20::/64"],
    ["2001:db8::1", "2001:db8::/64"],
    ["2001:0:0:1::1", "2001:0:0:1::/64"],
    ["::1", "::/64"],
    ["203.0.113.9", "203.0.113.9"],
  ] as const)
    assert.equal(asWritten(networkOf(ip)), written);
});

test("what is no address is a network of its own", () => {
  for (const word of ["", "unknown", "1:2:3", "1:2:3:4:5:6:7:8:9", "::g"]) assert.deepEqual(names(word), [word]);
});
