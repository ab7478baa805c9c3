import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setImmediate as moment } from "node:timers/promises";
import { Doorkeeper } from "./doorkeeper.ts";
import { hashPassword } from "./passwords.ts";

const cost = { N: 16, r: 8, p: 1 };
const RIGHT = "the right one";
/** What a comparison takes and the rest after it, on a usual machine. */
const TURN_MS = 1300;
const EVERY_MS = 650;

/** A house where time goes by in steps, each of which ends with all comparisons that were due. */
async function siege(t: TestContext) {
  const hash = await hashPassword(RIGHT, cost);
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const door = new Doorkeeper({ now: () => Date.now(), cost, restMs: TURN_MS });
  const gone = new AbortController().signal;
  let begun = 0;
  let ended = 0;
  let guesses = 0;
  const come = async (ip: string, account: string, password: string) => {
    let turn = 0;
    const attempt = {
      get stored() {
        turn = ++begun;
        return hash;
      },
      password,
      gone,
    };
    const right = await door.isStrangersRight(attempt, { ip, account }).catch((error) => error.code);
    if (turn > 0) ended++;
    return { right, turn };
  };
  const settle = async () => {
    await moment();
    while (begun > ended) await moment();
  };
  /** One guess after another from these networks, each at an account of its own. */
  const besiege = async (sources: readonly string[], ms: number, until = () => false) => {
    for (let at = 0; at < ms && !until(); at += EVERY_MS) {
      void come(sources[guesses % sources.length] ?? "", `${guesses++}@example.org`, "a guess");
      await settle();
      t.mock.timers.tick(EVERY_MS);
      await settle();
    }
  };
  return { come, besiege, turns: () => begun };
}

for (const [what, sources] of Object.entries({
  "fourteen networks of one customer of IPv6": Array.from(
    { length: 14 },
    (_, n) => `2001:db8:77:${n.toString(16)}00::1`,
  ),
  "ten addresses of IPv4": Array.from({ length: 10 }, (_, n) => `20${n}.11.${n}.9`),
  "forty addresses of IPv4": Array.from({ length: 40 }, (_, n) => `${n + 20}.11.${n}.9`),
}))
  test(`${what} that keep the house busy do not keep a clerk in a clean network waiting`, async (t) => {
    const { come, besiege, turns } = await siege(t);
    await besiege(sources, 180_000);
    for (let n = 0; n < 8; n++) {
      const before = turns();
      const coming = come(`100.${64 + n}.5.6`, "griffie@voorbeeld.example", RIGHT);
      let done = false;
      void coming.finally(() => {
        done = true;
      });
      await besiege(sources, 30_000, () => done);
      const { right, turn } = await coming;
      assert.equal(right, true);
      assert.ok(turn - before <= 3, `in turn ${turn - before}`);
    }
  });
