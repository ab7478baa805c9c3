import assert from "node:assert/strict";
import { test } from "node:test";
import { leastMissedFirst, Origins } from "./room.ts";

const kept = [..."abcdef"].map((hash, madeAt) => ({ hash, madeAt }));

function orderOf(pages: string, own: string): string {
  const order = leastMissedFirst({ hasPage: (hash) => pages.includes(hash), isOwn: (hash) => own.includes(hash) });
  return order(kept)
    .map(({ hash }) => hash)
    .join("");
}

test("sessions without a page make room before those with one, one's own before others', then the newest", () => {
  assert.equal(orderOf("", ""), "fedcba");
  assert.equal(orderOf("", "bd"), "bdfeca");
  assert.equal(orderOf("bf", "bd"), "decabf");
  assert.equal(orderOf("abcdef", ""), "fedcba");
});

test("where sessions were made is remembered of the newest ten thousand", () => {
  const origins = new Origins();
  for (let n = 0; n <= 10_000; n++) origins.note(`${n}`, "192.0.2.1");
  origins.forget(["7"]);
  assert.deepEqual(
    ["0", "1", "7", "10000"].map((hash) => origins.isFrom(hash, "192.0.2.1")),
    [false, true, false, true],
  );
  assert.equal(origins.isFrom("1", "192.0.2.2"), false);
});
