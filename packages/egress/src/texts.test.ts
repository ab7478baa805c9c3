import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Role } from "@raadhuis/meeting";
import { roleText, slateText } from "./texts.ts";

const own = process.env.TZ;
after(() => {
  if (own === undefined) delete process.env.TZ;
  else process.env.TZ = own;
});

test("the slate says when it begins by the body's clock, wherever the machine stands", () => {
  const evening = Date.UTC(2026, 10, 27, 18, 30);
  const summer = Date.UTC(2026, 6, 3, 18, 30);
  const hint = (locale: "nl" | "en", zone: string, startsAt: number) =>
    slateText({ locale, kind: "before", zone, startsAt }).hint;
  for (const machine of ["America/New_York", "Australia/Sydney", "UTC"]) {
    process.env.TZ = machine;
    assert.equal(new Intl.DateTimeFormat().resolvedOptions().timeZone.toUpperCase(), machine.toUpperCase());
    assert.equal(hint("nl", "Europe/Amsterdam", evening), "Aanvang vrijdag 27 november om 19:30");
    assert.equal(hint("nl", "Europe/Amsterdam", summer), "Aanvang vrijdag 3 juli om 20:30");
    assert.equal(hint("nl", "America/Kralendijk", evening), "Aanvang vrijdag 27 november om 14:30");
    assert.match(hint("en", "America/Kralendijk", evening), /14:30$/);
  }
});

test("a slate calls doors closed and nothing else: a meeting is over", () => {
  for (const locale of ["nl", "en"] as const)
    for (const kind of [
      "before",
      "suspended",
      "doorsClosed",
      "after",
      "waiting",
      "interrupted",
      "soundAlone",
    ] as const) {
      const { matter } = slateText({ locale, kind, zone: "Europe/Amsterdam", startsAt: 0 });
      assert.equal(/gesloten|closed/.test(matter), kind === "doorsClosed", matter);
    }
});

test("every role stands in the picture in words, none as the house calls it among programs", () => {
  for (const role of Role.options) assert.notEqual(roleText("nl", role), role);
  assert.equal(roleText("nl", "citizen"), "inspreker");
  assert.equal(roleText("en", "citizen"), "public speaker");
});
