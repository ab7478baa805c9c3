import assert from "node:assert/strict";
import { test } from "node:test";
import { meetingPath } from "./address.ts";

const house = "https://kijk.example";
const path = "/meeting/k3v9x2m4qa7b8c9d";

test("the address of a meeting is put right", () => {
  for (const mangled of [
    `${path}.`,
    `${path}),`,
    `${path}%22`,
    `${path}&fbclid=x`,
    path.toUpperCase(),
    `${path}/`,
    `/${path}`,
  ])
    assert.equal(meetingPath(house + mangled), path, mangled);
  assert.equal(meetingPath(`${house}${path}${house}${path}`), path);
  assert.equal(meetingPath(`${house}${path}%20${house}${path}`), path);
  assert.equal(meetingPath(`${house}${path}.?utm_source=x#100%`), path);
});

test("nothing else is touched, and nothing throws", () => {
  for (const other of ["/", path, `${path}?utm_source=x`, `${path}#t=10`, "/%ff", "/meeting/", "/meeting/%"])
    assert.equal(meetingPath(house + other), null, other);
});
