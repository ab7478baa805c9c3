import assert from "node:assert/strict";
import { test } from "node:test";
import { questions } from "./questions.ts";

test("whoever could not sign out, for whatever reason, is asked to sign in again as before", async () => {
  const shown: boolean[] = [];
  const { ask, whileSigningOut, answer } = questions((asking) => shown.push(asking));
  const asked: Promise<boolean>[] = [];
  const signOut = async () => {
    asked.push(ask());
    throw new Error("The page is going away.");
  };
  await assert.rejects(whileSigningOut(signOut), /going away/);
  assert.deepEqual(shown, [true], "what was refused meanwhile");
  answer(true);
  assert.deepEqual(await Promise.all(asked), [true]);
  ask();
  assert.deepEqual(shown, [true, false, true], "what is refused later");
});

test("whoever signs out is not asked to sign in again", async () => {
  const shown: boolean[] = [];
  const { ask, whileSigningOut } = questions((asking) => shown.push(asking));
  await whileSigningOut(async () => {
    void ask();
    return true;
  });
  assert.deepEqual(shown, []);
});
