import assert from "node:assert/strict";
import { test } from "node:test";
import { keepAwake } from "./wakeLock.ts";

class FakeLock extends EventTarget implements WakeLockSentinel {
  released = false;
  readonly type = "screen";
  onrelease = null;

  async release(): Promise<void> {
    this.released = true;
    this.dispatchEvent(new Event("release"));
  }
}

function phone() {
  const locks: FakeLock[] = [];
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" as DocumentVisibilityState });
  const state = { refuses: false };
  const wakeLock = {
    async request() {
      if (state.refuses) throw new DOMException("", "NotAllowedError");
      const lock = new FakeLock();
      locks.push(lock);
      return lock;
    },
  };
  const become = (visibility: DocumentVisibilityState) => {
    document.visibilityState = visibility;
    document.dispatchEvent(new Event("visibilitychange"));
  };
  return { document, wakeLock, locks, state, become, held: () => locks.filter(({ released }) => !released).length };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the screen stays awake in the chamber, and may sleep afterwards", async () => {
  const { document, wakeLock, held, become } = phone();
  const stop = keepAwake({ document, wakeLock });
  await settled();
  assert.equal(held(), 1);
  stop();
  await settled();
  assert.equal(held(), 0);
  become("visible");
  await settled();
  assert.equal(held(), 0);
});

test("the lock that a hidden page loses is asked for again when the page is seen", async () => {
  const { document, wakeLock, locks, become, held } = phone();
  keepAwake({ document, wakeLock });
  await settled();
  await locks[0]?.release();
  become("hidden");
  await settled();
  assert.equal(held(), 0);
  become("visible");
  await settled();
  assert.equal(held(), 1);
  become("visible");
  await settled();
  assert.equal(locks.length, 2, "one that is held is not asked for twice");
});

test("a refusal is asked again when the page is next seen, and a browser without locks is let be", async () => {
  const { document, wakeLock, state, become, held } = phone();
  state.refuses = true;
  keepAwake({ document, wakeLock });
  await settled();
  state.refuses = false;
  become("visible");
  await settled();
  assert.equal(held(), 1);
  keepAwake({ document, wakeLock: undefined })();
});

test("a lock that comes after one has left is given back", async () => {
  const { document, wakeLock, held, locks } = phone();
  keepAwake({ document, wakeLock })();
  await settled();
  assert.equal(locks.length, 1);
  assert.equal(held(), 0);
});
