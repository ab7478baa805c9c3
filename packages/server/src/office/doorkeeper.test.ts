import assert from "node:assert/strict";
import { test } from "node:test";
import { HouseError } from "../errors.ts";
import { type Attempt, Doorkeeper } from "./doorkeeper.ts";
import { hashPassword } from "./passwords.ts";

const cost = { N: 16, r: 8, p: 1 };
const account = "griffie@voorbeeld.example";
const here = new AbortController().signal;

async function doorkeeper({ now = () => 0 } = {}) {
  const stored = await hashPassword("the right one", cost);
  const door = new Doorkeeper({ now, cost, restMs: 0 });
  const attempt = (password: string, gone = here): Attempt => ({ stored, password, gone });
  const told = (of: Promise<boolean>) =>
    of.catch((error) => {
      assert.ok(error instanceof HouseError && error.retryAfter !== undefined);
      return error.code;
    });
  const guess = (ip: string, of = account) => told(door.isStrangersRight(attempt("a guess"), { ip, account: of }));
  const right = (ip: string) => told(door.isStrangersRight(attempt("the right one"), { ip, account }));
  return { door, attempt, guess, right };
}

test("a network that guesses at an account has to wait; the account opens from another network", async () => {
  const { guess, right } = await doorkeeper();
  const codes = [];
  for (let n = 0; n < 12; n++) codes.push(await guess("192.0.2.1"));
  assert.deepEqual(codes, [...Array(10).fill(false), "request.too-many", "request.too-many"]);
  assert.equal(await right("192.0.2.1"), "request.too-many");
  assert.equal(await right("198.51.100.1"), true);
});

test("whatever number of networks guess at an account, it opens from a clean one", async () => {
  const { guess, right } = await doorkeeper();
  for (let network = 0; network < 500; network++)
    for (let n = 0; n < 10; n++) await guess(`10.${network >> 8}.${network & 255}.1`);
  assert.equal(await right("198.51.100.1"), true);
});

test("whoever guesses from a large network of IPv6 has not each of its addresses' allowance", async () => {
  const { guess } = await doorkeeper();
  let compared = 0;
  for (let n = 0; n < 2000; n++) if ((await guess(`2001:db8:7:${n.toString(16)}::1`)) === false) compared++;
  assert.equal(compared, 80);
});

test("whoever succeeds is not counted, so that a council behind one address is not slowed", async () => {
  const { right } = await doorkeeper();
  for (let n = 0; n < 100; n++) assert.equal(await right("192.0.2.1"), true);
});

test("what found no place, or had gone, was no guess and is not counted", async () => {
  const { door, attempt, guess } = await doorkeeper();
  const from = { ip: "192.0.2.1", account };
  for (let n = 0; n < 50; n++)
    await assert.rejects(door.isStrangersRight(attempt("x", AbortSignal.abort()), from), { code: "office.busy" });
  assert.equal(await guess("192.0.2.1"), false);
  const others = await Promise.all(Array.from({ length: 100 }, (_, n) => guess(`198.51.${n}.1`)));
  assert.equal(others.filter((one) => one === "office.busy").length, 83);
});

test("a clerk from a clean network is served before the waiting attempts of twelve that guess", async () => {
  const { guess, right } = await doorkeeper();
  const order: unknown[] = [];
  for (let n = 0; n < 10; n++)
    for (let network = 0; network < 12; network++)
      void guess(`192.0.${network}.1`).then((code) => {
        if (code === false) order.push(code);
      });
  await right("198.51.100.1").then((code) => order.push(code));
  assert.ok(order.indexOf(true) >= 0 && order.indexOf(true) <= 13, `was number ${order.indexOf(true)}`);
});

test("whoever has a whole provider's network does not fill all places with attempts as fresh as a clerk's", async () => {
  const { guess, right } = await doorkeeper();
  for (let n = 0; n < 40; n++) await guess(`2001:db8:${n.toString(16)}::1`);
  const guesses = Array.from({ length: 40 }, (_, n) => guess(`2001:db8:${(n + 100).toString(16)}::1`));
  assert.equal(await right("2001:db9::1"), true);
  assert.ok((await Promise.all(guesses)).includes("office.busy"));
});

test("a browser that is known is asked for the password whatever its network did", async () => {
  const { door, attempt, guess } = await doorkeeper();
  for (let n = 0; n < 100; n++) await guess("192.0.2.1", `${n}@example.org`);
  assert.equal(await door.isKnownRight(attempt("the right one"), 0), true);
  assert.equal(await door.isKnownRight(attempt("another"), 1), false);
});
