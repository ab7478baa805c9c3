import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Capture } from "./capture.ts";

type Plugged = { deviceId: string; label: string; groupId: string; kind: string };

const mic = (deviceId: string): Plugged => ({
  deviceId,
  label: `The ${deviceId}`,
  groupId: deviceId,
  kind: "audioinput",
});
const [headset, built] = [mic("headset"), mic("built-in")];

/** What a page has of a track of the browser's. */
class FakeTrack extends EventTarget {
  readyState = "live";
  muted = false;
  readonly device: string;

  constructor(device: string) {
    super();
    this.device = device;
  }

  stop(): void {
    this.readyState = "ended";
  }

  getSettings(): { deviceId: string } {
    return { deviceId: this.device };
  }
}

/** A computer into which microphones are plugged, the first of which the browser prefers. */
class FakeDevices extends EventTarget {
  plugged: Plugged[];
  opened: FakeTrack[] = [];
  /** Set: whoever asks waits for the person to answer the browser's question. */
  held: Promise<void> | null = null;
  refuses = false;

  constructor(plugged: Plugged[]) {
    super();
    this.plugged = plugged;
  }

  async getUserMedia({ audio }: { audio: { deviceId?: { exact: string } } }) {
    await this.held;
    if (this.refuses) throw new DOMException("", "NotAllowedError");
    const wanted = audio.deviceId?.exact;
    const found = this.plugged.find(({ deviceId }) => wanted === undefined || wanted === deviceId);
    if (!found) throw new DOMException("", wanted === undefined ? "NotFoundError" : "OverconstrainedError");
    const track = new FakeTrack(found.deviceId);
    this.opened.push(track);
    return { getTracks: () => [track] };
  }

  async enumerateDevices() {
    return this.plugged;
  }

  /** What is plugged in becomes this; tracks of what is gone end by themselves. */
  become(plugged: Plugged[]): void {
    this.plugged = plugged;
    for (const track of this.opened)
      if (track.readyState === "live" && !plugged.some(({ deviceId }) => deviceId === track.device)) {
        track.readyState = "ended";
        track.dispatchEvent(new Event("ended"));
      }
    this.dispatchEvent(new Event("devicechange"));
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function computer(t: TestContext, ...plugged: Plugged[]) {
  const devices = new FakeDevices(plugged);
  const kept = new Map<string, string>();
  const fakes: Record<string, unknown> = {
    navigator: { mediaDevices: devices },
    localStorage: {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    },
  };
  for (const [name, value] of Object.entries(fakes))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const capture = new Capture();
  capture.start();
  t.after(() => capture.stop());
  return { devices, capture, microphone: () => capture.store.get().microphone };
}

test("an unplugged microphone is told, and another takes its place by its name", async (t) => {
  const { devices, capture, microphone } = computer(t, headset, built);
  const lost: string[] = [];
  capture.onLost((device) => {
    lost.push(device);
    void capture.open(device);
  });
  await capture.choose("microphone", "headset");
  await capture.open("microphone");
  await settled();
  devices.become([built]);
  await settled();
  assert.deepEqual(lost, ["microphone"]);
  assert.deepEqual(microphone().gone, { id: "headset", label: "The headset", word: "replaced" });
  assert.equal(microphone().track?.getSettings().deviceId, "built-in");
  assert.equal(microphone().problem, null);
});

test("without another the microphone is off, and says so", async (t) => {
  const { devices, capture, microphone } = computer(t, headset);
  capture.onLost((device) => void capture.open(device));
  await capture.open("microphone");
  await settled();
  devices.become([]);
  await settled();
  assert.equal(microphone().track, null);
  assert.equal(microphone().problem, "missing");
  assert.equal(microphone().gone?.word, "off");
});

test("what nobody wants opened stays closed when it is lost", async (t) => {
  const { devices, capture, microphone } = computer(t, headset, built);
  await capture.open("microphone");
  await settled();
  devices.become([built]);
  await settled();
  assert.equal(microphone().track, null);
  assert.equal(devices.opened.length, 1);
});

test("a microphone that is back is offered, and once taken up nothing is said any more", async (t) => {
  const { devices, capture, microphone } = computer(t, headset, built);
  capture.onLost((device) => void capture.open(device));
  await capture.open("microphone");
  await settled();
  devices.become([built]);
  await settled();
  capture.understood("microphone");
  assert.equal(microphone().gone?.word, null);
  devices.become([built, headset]);
  await settled();
  assert.equal(microphone().gone?.word, "back");
  assert.equal(microphone().track?.getSettings().deviceId, "built-in", "not taken up by itself");
  await capture.choose("microphone", "headset");
  assert.equal(microphone().gone, null);
  assert.equal(microphone().track?.getSettings().deviceId, "headset");
});

test("a chosen microphone that is not there at first is told too", async (t) => {
  const { capture, microphone } = computer(t, built);
  await capture.choose("microphone", "headset");
  await capture.open("microphone");
  assert.deepEqual(microphone().gone, { id: "headset", label: "", word: "replaced" });
});

test("lists follow what is plugged in", async (t) => {
  const { devices, microphone } = computer(t, built);
  await settled();
  assert.deepEqual(
    microphone().choices.map(({ id }) => id),
    ["built-in"],
  );
  devices.become([built, headset]);
  await settled();
  assert.deepEqual(
    microphone().choices.map(({ id }) => id),
    ["built-in", "headset"],
  );
});

test("a permission that is taken back is no unplugged microphone", async (t) => {
  const { devices, capture, microphone } = computer(t, headset);
  capture.onLost((device) => void capture.open(device));
  await capture.open("microphone");
  await settled();
  devices.refuses = true;
  devices.opened[0]?.dispatchEvent(new Event("ended"));
  await settled();
  assert.equal(microphone().problem, "refused");
  assert.equal(microphone().gone, null);
});

test("a microphone that its own switch or a call holds silent says so while it lasts", async (t) => {
  const { devices, capture, microphone } = computer(t, headset);
  await capture.open("microphone");
  const [track] = devices.opened;
  assert.ok(track);
  for (const held of [true, false]) {
    track.muted = held;
    track.dispatchEvent(new Event(held ? "mute" : "unmute"));
    assert.equal(microphone().held, held);
  }
});

test("what is closed before it opened is let go, and its light goes out", async (t) => {
  const { devices, capture, microphone } = computer(t, headset);
  let answer = () => {};
  devices.held = new Promise((resolve) => {
    answer = resolve;
  });
  const opening = capture.open("microphone");
  capture.close("microphone");
  answer();
  assert.equal(await opening, null);
  assert.equal(microphone().track, null);
  assert.equal(devices.opened[0]?.readyState, "ended");
});

test("what is opened twice at once is asked for once", async (t) => {
  const { devices, capture } = computer(t, headset);
  await Promise.all([capture.open("microphone"), capture.open("microphone")]);
  assert.equal(devices.opened.length, 1);
});
