import assert from "node:assert/strict";
import { test } from "node:test";
import type { Snapshot } from "./connection.ts";
import { nothing } from "./folded.ts";
import { until } from "./until.ts";

/** A connection, as far as it is looked at. */
function connection() {
  let snapshot: Snapshot = { ...nothing, link: "connecting", slow: false };
  const listeners = new Set<() => void>();
  return {
    snapshot: () => snapshot,
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    becomes: (changed: Partial<Snapshot>) => {
      snapshot = { ...snapshot, ...changed };
      for (const listener of [...listeners]) listener();
    },
    listeners,
  };
}
const isOpen = ({ link }: Snapshot) => link === "open";

test("what is there already is seen at once, what is to come when it comes, and nobody looks on after that", async () => {
  const { becomes, listeners, ...of } = connection();
  assert.equal((await until(of, ({ link }) => link === "connecting")).link, "connecting");
  const seen = until(of, isOpen);
  becomes({ slow: true });
  becomes({ link: "open" });
  becomes({ link: "away" });
  assert.equal((await seen).link, "open");
  assert.equal(listeners.size, 0);
});

test("waiting ends when there is nothing more to come, and after a while, but not before closed doors", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { becomes, listeners, ...of } = connection();
  const long = until(of, isOpen, { patienceMs: 5_000 });
  becomes({ out: "doors.closed" });
  t.mock.timers.tick(4_999);
  assert.equal(listeners.size, 1);
  t.mock.timers.tick(1);
  await assert.rejects(long, /in time/);
  const over = until(of, isOpen);
  becomes({ out: "seat.removed" });
  await assert.rejects(over, /seat\.removed/);
  assert.equal(listeners.size, 0);
});

test("a question that fails is told to whoever asked it, and not to the connection", async () => {
  const { becomes, listeners, ...of } = connection();
  const seen = until(of, ({ link, state }) => link === "open" && state!.phase === "open");
  becomes({ link: "open" });
  await assert.rejects(seen, TypeError);
  assert.equal(listeners.size, 0);
});
