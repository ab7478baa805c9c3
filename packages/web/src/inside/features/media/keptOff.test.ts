import assert from "node:assert/strict";
import { test } from "node:test";
import { type Drawer, KeptOff } from "./keptOff.ts";

function drawer(): Drawer {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

/** A browser with windows; each has a tab's drawer of its own, and all share one. */
function browser() {
  const shared = drawer();
  const window = () => {
    const own = drawer();
    return { load: (seat = "anna") => new KeptOff(seat, [() => own, () => shared]) };
  };
  return { window };
}

test("at first nothing was turned off", () => {
  assert.deepEqual(browser().window().load().allowed(), { microphone: true, camera: true });
});

test("what was turned off is off after a reload and in a second window, until the person turns it on", () => {
  const house = browser();
  const window = house.window();
  window.load().turned("microphone", false);
  assert.deepEqual(window.load().allowed(), { microphone: false, camera: true });
  assert.deepEqual(house.window().load().allowed(), { microphone: false, camera: true });
  window.load().turned("microphone", true);
  assert.deepEqual(window.load().allowed(), { microphone: true, camera: true });
});

test("off in this tab stays off, whatever another window was turned on to", () => {
  const house = browser();
  const [one, other] = [house.window(), house.window()];
  one.load().turned("microphone", false);
  other.load().turned("microphone", true);
  assert.equal(one.load().isOff("microphone"), true);
});

test("each seat of a browser has its own", () => {
  const window = browser().window();
  window.load("anna").turned("camera", false);
  assert.equal(window.load("bram").isOff("camera"), false);
});

test("what is not sent is kept off, what is sent is not thereby turned on", () => {
  const window = browser().window();
  window.load().turned("camera", false);
  window.load().keep({ microphone: false, camera: true });
  assert.deepEqual(window.load().allowed(), { microphone: false, camera: false });
});

test("where the browser keeps nothing, it holds for this visit", () => {
  const kept = new KeptOff("anna", [
    () => {
      throw new DOMException("", "SecurityError");
    },
  ]);
  kept.turned("camera", false);
  assert.equal(kept.isOff("camera"), true);
});

test("whoever has gone in by this browser has been in, at that seat", () => {
  const { window } = browser();
  const first = window();
  assert.equal(first.load().wasIn, false);
  first.load().comesIn();
  assert.equal(first.load().wasIn, true);
  assert.equal(window().load().wasIn, true, "also in a second window");
  assert.equal(window().load("bob").wasIn, false);
});
