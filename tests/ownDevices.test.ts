import assert from "node:assert/strict";
import { join as joinPath } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { type House, startHouse } from "./lib/house.ts";
import { type Planned, planMeeting, setUp } from "./lib/office.ts";
import { comeToLobby, connected, dataOf, hook, press, seatIn, shown, turn } from "./lib/people.ts";
import { until } from "./lib/wait.ts";

/** One computer with two cameras and two microphones, one browser, and what may happen to them on a first day. */
let house: House;
let person: Person;
let office: Page;
let page: Page;
let planned: Planned;

before(async () => {
  house = await startHouse();
  person = await openPerson({ name: "chair", flags: ["--use-fake-device-for-media-stream=device-count=2"] });
  page = person.page;
  office = await openWindow(person);
  await setUp(office, house.ready.office);
  planned = await planMeeting(office, {
    title: "Eerste dag",
    agenda: ["Opening", "Sluiting"],
    seats: [
      { name: "Ada", role: "chair" },
      { name: "Bob", role: "citizen" },
      { name: "Cas", role: "member" },
      { name: "Dee", role: "member" },
    ],
  });
  await page.bringToFront();
});
after(async () => {
  await person?.close();
  await house?.close();
});

const linkOf = (name: string): string => planned.links[name] ?? "";

/** What the pages look like, where RAADHUIS_TEST_KEEP says. */
async function sight(of: Page, name: string): Promise<void> {
  const folder = process.env.RAADHUIS_TEST_KEEP;
  if (!folder) return;
  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ] as const) {
    await of.setViewport({ width, height });
    await of.screenshot({ path: joinPath(folder, `${name}-${width}.png`) });
  }
}

const pressed = (of: Page, id: string): Promise<string | null> =>
  of.evaluate((selector) => document.querySelector(selector)?.getAttribute("aria-pressed") ?? null, hook(id));

const isPressed = (of: Page, id: string, on: boolean) =>
  until(`${id} ${on ? "on" : "off"}`, async () => (await pressed(of, id)) === String(on));

const focused = (of: Page): Promise<string | null> =>
  of.evaluate(() => document.activeElement?.getAttribute("data-testid") ?? null);

test("what was turned off is off after a reload and in a second window", { timeout: 120_000 }, async () => {
  await comeToLobby(page, linkOf("Ada"));
  await isPressed(page, "lobby-camera", true);
  await isPressed(page, "lobby-mic", true);
  await sight(page, "lobby");
  await turn(page, "lobby-mic", false);
  await press(page, "join");
  await connected(page);
  assert.equal(await pressed(page, "mic"), "false");
  assert.equal(await pressed(page, "camera"), "true");
  await page.reload();
  await isPressed(page, "lobby-camera", true);
  assert.equal(await pressed(page, "lobby-mic"), "false");
  await turn(page, "lobby-mic", true);
  await press(page, "join");
  await connected(page);
  await turn(page, "camera", false);
  const second = await openWindow(person, page.url());
  await isPressed(second, "lobby-mic", true);
  assert.equal(await pressed(second, "lobby-camera"), "false");
  await second.close();
});

test("an unplugged camera is replaced in words, and offered when it is back", { timeout: 120_000 }, async () => {
  await turn(page, "camera", true);
  const own = 'video[data-self="true"][data-source="camera"]';
  await page.waitForSelector(own);
  const label = () =>
    page.$eval(own, (video) => {
      const track =
        video instanceof HTMLVideoElement && video.srcObject instanceof MediaStream
          ? video.srcObject.getVideoTracks()[0]
          : undefined;
      return track?.readyState === "live" ? track.label : null;
    });
  const first = await label();
  // The browser's fake cameras cannot be unplugged: it is made to say so.
  await page.$eval(own, (video) => {
    const { mediaDevices } = navigator;
    const track = video instanceof HTMLVideoElement && video.srcObject instanceof MediaStream && video.srcObject;
    const gone = track ? track.getVideoTracks()[0] : undefined;
    if (!gone) throw new Error("No camera.");
    const id = gone.getSettings().deviceId;
    const enumerate = mediaDevices.enumerateDevices.bind(mediaDevices);
    const get = mediaDevices.getUserMedia.bind(mediaDevices);
    Object.assign(mediaDevices, {
      enumerateDevices: async () => (await enumerate()).filter(({ deviceId }) => deviceId !== id),
      getUserMedia: async (wanted: MediaStreamConstraints) => {
        const other = (await enumerate()).find(({ kind, deviceId }) => kind === "videoinput" && deviceId !== id);
        return get(wanted.video ? { video: { deviceId: { exact: other?.deviceId ?? "" } } } : wanted);
      },
    });
    Object.assign(globalThis, {
      plugIn: () => Object.assign(mediaDevices, { enumerateDevices: enumerate, getUserMedia: get }),
    });
    gone.stop();
    gone.dispatchEvent(new Event("ended"));
    mediaDevices.dispatchEvent(new Event("devicechange"));
  });
  await shown(page, "device-word", '[data-device="camera"][data-word="replaced"]');
  await until("another camera in the own tile", async () => ![first, null].includes(await label()));
  assert.equal(await pressed(page, "camera"), "true");
  await sight(page, "unplugged");
  await page.evaluate("plugIn(); navigator.mediaDevices.dispatchEvent(new Event('devicechange'))");
  await shown(page, "device-word", '[data-word="back"]');
  await sight(page, "back");
  await press(page, "device-use");
  await until("the first camera again", async () => (await label()) === first);
  assert.equal(await page.$(hook("device-word")), null);
});

test("leaving and ending begin on the way out, and ending wants a second act", { timeout: 120_000 }, async () => {
  await page.focus("body");
  await page.keyboard.press("l");
  await shown(page, "confirm");
  assert.equal(await focused(page), "cancel");
  await sight(page, "leave");
  await page.keyboard.press("Enter");
  await until("the dialog gone", async () => (await page.$(hook("confirm"))) === null);
  assert.notEqual(await page.$(hook("chamber")), null);
  await press(page, "conduct-open");
  await shown(page, "chamber", '[data-phase="open"]');
  await press(page, "conduct-close");
  await shown(page, "sure");
  assert.equal(await focused(page), "cancel");
  await sight(page, "end");
  assert.equal(await page.$eval(hook("confirm"), (button) => button.matches(":disabled")), true);
  await page.keyboard.press("Enter");
  await until("the dialog gone", async () => (await page.$(hook("confirm"))) === null);
  assert.equal(await dataOf(page, "chamber", "phase"), "open");
});

test("whoever comes late has the microphone off, is told so, and has it off after a reload", {
  timeout: 120_000,
}, async () => {
  const dee = await openWindow(person);
  await comeToLobby(dee, linkOf("Dee"));
  await shown(dee, "lobby-quiet");
  await isPressed(dee, "lobby-camera", true);
  assert.equal(await pressed(dee, "lobby-mic"), "false");
  await sight(dee, "late");
  await press(dee, "join");
  await connected(dee);
  assert.deepEqual([await pressed(dee, "mic"), await pressed(dee, "camera")], ["false", "true"]);
  await dee.reload();
  await isPressed(dee, "lobby-camera", true);
  assert.equal(await pressed(dee, "lobby-mic"), "false");
  await turn(dee, "lobby-mic", true);
  await press(dee, "join");
  await connected(dee);
  await isPressed(dee, "mic", true);
  await dee.close();
});

test("a citizen's lobby is for trying, as the microphone will be off", { timeout: 120_000 }, async () => {
  const bob = await openWindow(person);
  await comeToLobby(bob, linkOf("Bob"));
  await shown(bob, "lobby-trying");
  await isPressed(bob, "lobby-mic", true);
  await sight(bob, "citizen");
  await bob.close();
});

test("whoever is given the floor with the agenda open on a phone is asked to turn the microphone on", {
  timeout: 120_000,
}, async () => {
  const bob = await openWindow(person);
  await bob.setViewport({ width: 390, height: 844 });
  const seat = await comeToLobby(bob, linkOf("Bob"));
  await press(bob, "join");
  await connected(bob);
  await press(bob, "panel");
  await isPressed(bob, "panel", true);
  await press(page, "person", `[data-seat="${seat}"] ${hook("give-floor")}`);
  await shown(bob, "air-mic");
  await isPressed(bob, "panel", false);
  await sight(bob, "floor");
  await press(bob, "panel");
  await press(page, "person", `[data-seat="${seat}"] ${hook("take-floor")}`);
  await until("the prompt gone", async () => (await bob.$(hook("air-prompt"))) === null);
  assert.equal(await pressed(bob, "panel"), "true", "what nobody need see at once leaves the agenda open");
  await bob.close();
});

test("without WebRTC the page stands, says so, and shows the agenda", { timeout: 120_000 }, async () => {
  const cas = await openWindow(person);
  const failures: string[] = [];
  cas.on("pageerror", (error) => failures.push(String(error)));
  await cas.evaluateOnNewDocument(() => {
    for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "RTCRtpTransceiver", "RTCRtpSender"])
      Reflect.deleteProperty(globalThis, name);
  });
  await comeToLobby(cas, linkOf("Cas"));
  await shown(cas, "lacking", '[data-lacks="webrtc"]');
  await shown(cas, "lacking-gallery");
  await sight(cas, "no-webrtc-lobby");
  await press(cas, "join");
  await shown(cas, "chamber");
  await shown(cas, "lacking");
  await shown(cas, "agenda-item");
  await sight(cas, "no-webrtc-chamber");
  assert.deepEqual(failures, []);
  await cas.close();
});

test("a new link asks when somebody is in, and tells them to use it", { timeout: 120_000 }, async () => {
  const seat = seatIn(page);
  await office.goto(new URL(`/office/meetings/${planned.meeting}`, house.ready.home).href);
  const row = `[data-seat="${seat}"]`;
  await shown(office, "person", `${row}[data-present="true"]`);
  await press(office, "person", `${row} ${hook("new-link")}`);
  await shown(office, "confirm");
  assert.equal(await focused(office), "cancel");
  await sight(office, "new-link");
  assert.notEqual(await page.$(hook("chamber")), null);
  await press(office, "confirm");
  await shown(page, "notice", '[data-code="seat.new-link"]');
  await shown(office, "link-row", row);
  await sight(page, "put-out");
});
