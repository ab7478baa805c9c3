import assert from "node:assert/strict";
import { test } from "node:test";
import { admissionOf, isAdmitted } from "./admission.ts";

test("an admission is of one secret, one ticket, and a few seconds", () => {
  const word = admissionOf("secret", "ticket", 1_000_000);
  assert.ok(isAdmitted("secret", "ticket", word, 1_000_000));
  assert.ok(isAdmitted("secret", "ticket", word, 1_009_000));
  assert.ok(!isAdmitted("secret", "ticket", word, 1_011_000));
  assert.ok(!isAdmitted("secret", "ticket", word, 989_000));
  assert.ok(!isAdmitted("secret", "another", word, 1_000_000));
  assert.ok(!isAdmitted("another", "ticket", word, 1_000_000));
});

test("what is none, or has another time put before it, admits nobody", () => {
  const word = admissionOf("secret", "ticket", 1_000_000);
  const mac = word.split(".")[1] ?? "";
  for (const none of [
    "",
    ".",
    mac,
    `1000001.${mac}`,
    `1000000.${mac.slice(1)}`,
    `1000000.${mac}=`,
    `NaN.${mac}`,
    `${word}.`,
  ])
    assert.ok(!isAdmitted("secret", "ticket", none, 1_000_000), none);
});
