import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Capture } from "./capture.ts";
import { KeptOff } from "./keptOff.ts";
import { MediaSession } from "./session.ts";

class FakeTrack extends EventTarget {
  readyState = "live";
  muted = false;

  stop(): void {
    this.readyState = "ended";
  }

  getSettings(): { deviceId: string } {
    return { deviceId: "one" };
  }

  /** As an unplugged device's does. */
  ends(): void {
    this.readyState = "ended";
    this.dispatchEvent(new Event("ended"));
  }
}

/** One person's media in a page whose media server never answers. */
function chamber(t: TestContext, sending = { microphone: true, camera: true }) {
  const tracks: FakeTrack[] = [];
  const state = { plugged: true };
  const devices = Object.assign(new EventTarget(), {
    async getUserMedia() {
      if (!state.plugged) throw new DOMException("", "NotFoundError");
      const track = new FakeTrack();
      tracks.push(track);
      return { getTracks: () => [track] };
    },
    enumerateDevices: async () => [],
  });
  const fakes: Record<string, unknown> = {
    navigator: { mediaDevices: devices },
    location: { origin: "http://127.0.0.1:9" },
  };
  for (const [name, value] of Object.entries(fakes))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const capture = new Capture();
  const kept = new KeptOff("seat", []);
  const session = new MediaSession({ capture, kept, askTicket: () => undefined }, { sending, prompt: false });
  capture.onLost((device) => void session.lost(device));
  t.after(() => session.leave());
  const follow = (epoch: number, onAir: boolean) =>
    session.follow({ epoch, room: `m-${epoch}`, token: `t${epoch}`, publish: [] }, Date.now(), onAir);
  return { session, capture, kept, state, tracks, follow, sending: () => session.store.get().sending };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what the person turns off in the chamber is kept off, and on again when they turn it on", async (t) => {
  const { session, kept } = chamber(t);
  await session.turn("microphone", false);
  assert.deepEqual(kept.allowed(), { microphone: false, camera: true });
  await session.turn("microphone", true);
  assert.deepEqual(kept.allowed(), { microphone: true, camera: true });
});

test("a right that is taken away is no choice of the person's", async (t) => {
  const { session, kept, sending } = chamber(t);
  session.allow([]);
  await settled();
  assert.deepEqual(sending(), { microphone: false, camera: false });
  assert.deepEqual(kept.allowed(), { microphone: true, camera: true });
});

test("what going on air turned off stays off through a reload, too; what closed doors keep on does not change", (t) => {
  const closing = chamber(t);
  closing.follow(1, true);
  closing.follow(2, false);
  assert.deepEqual(closing.kept.allowed(), { microphone: true, camera: true });
  closing.follow(3, true);
  assert.deepEqual(closing.sending(), { microphone: false, camera: false });
  assert.deepEqual(closing.kept.allowed(), { microphone: false, camera: false });
});

test("whoever answers that they stay off stays off", (t) => {
  const { session, kept } = chamber(t, { microphone: false, camera: true });
  session.answered();
  assert.deepEqual(kept.allowed(), { microphone: false, camera: true });
});

test("a microphone that is lost while on is replaced, or goes off and says so; one that is off stays closed", async (t) => {
  const { session, capture, state, tracks, sending } = chamber(t);
  await session.turn("microphone", true);
  tracks[0]?.ends();
  await settled();
  assert.equal(capture.track("microphone")?.readyState, "live");
  assert.equal(sending().microphone, true);
  state.plugged = false;
  tracks[1]?.ends();
  await settled();
  assert.equal(sending().microphone, false);
  assert.equal(session.store.get().missing, "microphone");
  state.plugged = true;
  await session.turn("microphone", true);
  await session.turn("microphone", false);
  const opened = tracks.length;
  tracks.at(-1)?.ends();
  await settled();
  assert.equal(tracks.length, opened);
});

test("turned on and off again while the browser still asks: off, without a complaint", async (t) => {
  const { session, sending } = chamber(t, { microphone: false, camera: false });
  const turning = session.turn("camera", true);
  await session.turn("camera", false);
  await turning;
  assert.equal(sending().camera, false);
  assert.equal(session.store.get().missing, null);
});
