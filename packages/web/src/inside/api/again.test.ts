import assert from "node:assert/strict";
import { test } from "node:test";
import type { Result } from "@raadhuis/client";
import { askWhoeverIsOver, orAgain } from "./again.ts";

/** A door that refuses by this code until somebody signs in. */
function door(code: string) {
  const at = { sent: 0, open: false };
  const send = async (): Promise<Result<string>> => {
    at.sent += 1;
    return at.open ? { ok: true, value: "done" } : { ok: false, code };
  };
  return { at, send };
}

test("what a session that is over refused is done once its person has signed in again", async (t) => {
  const { at, send } = door("office.session-over");
  askWhoeverIsOver(async () => {
    at.open = true;
    return true;
  });
  t.after(() => askWhoeverIsOver(null));
  assert.deepEqual(await orAgain(send), { ok: true, value: "done" });
  assert.equal(at.sent, 2);
});

test("whoever does not sign in, or is somebody else, has nothing done in their name", async (t) => {
  const { at, send } = door("office.no-session");
  askWhoeverIsOver(async () => false);
  t.after(() => askWhoeverIsOver(null));
  assert.deepEqual(await orAgain(send), { ok: false, code: "office.no-session" });
  assert.equal(at.sent, 1);
});

test("nobody is asked for any other refusal, nor where there is no page that asks", async (t) => {
  for (const code of ["person.name-taken", "seat.no-session"]) {
    askWhoeverIsOver(() => assert.fail(code));
    assert.equal((await orAgain(door(code).send)).ok, false);
  }
  t.after(() => askWhoeverIsOver(null));
  askWhoeverIsOver(null);
  assert.equal((await orAgain(door("office.session-over").send)).ok, false);
});
