import assert from "node:assert/strict";
import { test } from "node:test";
import { isZone, Zone, zoneOfMachine } from "./zone.ts";

test("time zones are known by their names, in whatever capitals, and not by offsets or nonsense", () => {
  for (const name of ["Europe/Amsterdam", "America/Kralendijk", "Europe/Kyiv", "UTC"])
    assert.equal(Zone.parse(name), name);
  assert.equal(Zone.parse("america/new_york"), "America/New_York");
  for (const name of ["", "+01:00", "Amsterdam", "Europe/Amsterdam ", "Europe/Lindervoort", "a".repeat(100)])
    assert.ok(!Zone.safeParse(name).success && !isZone(name), name);
});

test("the three letters that ICU alone knows are none: no page could plan a meeting by them", () => {
  for (const name of ["JST", "ACT", "aet", "CTT", "PNT", "IST"])
    assert.ok(!Zone.safeParse(name).success && !isZone(name), name);
  for (const name of ["EST", "MST", "CET", "GMT"]) assert.ok(isZone(name), name);
});

test("a machine that is set to no place, as servers are, gives no zone", () => {
  assert.equal(zoneOfMachine("America/Curacao"), "America/Curacao");
  for (const own of ["UTC", "Etc/UTC", "Etc/GMT+3", "GMT", "+02:00", ""])
    assert.equal(zoneOfMachine(own), "Europe/Amsterdam", own);
});
