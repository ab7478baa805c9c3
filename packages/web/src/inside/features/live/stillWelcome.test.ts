import assert from "node:assert/strict";
import { test } from "node:test";
import { stillWelcomeAt } from "./stillWelcome.ts";

const answers = (status: number, body: unknown) => async () => Response.json(body, { status });

test("the page of a clerk whose session is over, or never was, does not try for ever", async (t) => {
  for (const code of ["office.no-session", "office.session-over"]) {
    t.mock.method(globalThis, "fetch", answers(401, { code, message: "" }));
    assert.equal(await stillWelcomeAt("meeting"), "seat.no-session", code);
  }
});

test("what may pass does not end the trying", async (t) => {
  for (const [status, code, welcome] of [
    [500, "house.failed", "unreachable"],
    [429, "request.too-many", "welcome"],
  ] as const) {
    t.mock.method(globalThis, "fetch", answers(status, { code, message: "" }));
    assert.equal(await stillWelcomeAt("meeting"), welcome, code);
  }
});
