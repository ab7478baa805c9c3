import assert from "node:assert/strict";
import { test } from "node:test";
import { Known } from "./known.ts";

test("a session that was seen living is known for a while without being looked up", async () => {
  let now = 0;
  let asked = 0;
  const lives = async () => {
    asked++;
    return false;
  };
  const known = new Known({ lives, now: () => now });
  known.see("a");
  assert.ok(await known.has("a", "192.0.2.1"));
  assert.equal(asked, 0);
  now += 11 * 60_000;
  assert.ok(!(await known.has("a", "192.0.2.1")));
  assert.equal(asked, 1);
});

test("a network that makes sessions up has only so many looked up, and those known are known all the same", async () => {
  let asked = 0;
  const lives = async (session: string) => {
    asked++;
    return session === "living";
  };
  const known = new Known({ lives, now: () => 0 });
  known.see("seen");
  for (let i = 0; i < 1_000; i++) await known.has(`made up ${i}`, "192.0.2.1");
  assert.equal(asked, 200);
  assert.ok(await known.has("seen", "192.0.2.1"));
  assert.ok(!(await known.has("living", "192.0.2.1")));
  assert.ok(await known.has("living", "198.51.100.1"));
});
