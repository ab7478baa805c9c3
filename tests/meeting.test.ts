import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { after, before, test } from "node:test";
import type { Page } from "puppeteer-core";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { isColour } from "./lib/colour.ts";
import { type House, startHouse } from "./lib/house.ts";
import { colourOf, framesOf, ownSound, rememberCaptures, settledSkew } from "./lib/measure.ts";
import { cleanStreams, meanColours, soundsAt } from "./lib/media.ts";
import { type Planned, planMeeting, setUp } from "./lib/office.ts";
import {
  confirmUntil,
  connected,
  dataOf,
  goOnAir,
  hears,
  hook,
  join,
  pictureOf,
  press,
  pressIfThere,
  sayYes,
  sees,
  shown,
  soundOf,
  turn,
  watchStream,
} from "./lib/people.ts";
import { type PublicWatch, releasedStates, searchPublic, watchPublic } from "./lib/public.ts";
import { BEEP_HZ, FIELD, FLASH, type Signal, signals } from "./lib/signals.ts";
import { until } from "./lib/wait.ts";

/**
 * A council meets, from an empty house to its archive, with three people at three computers and the public at a fourth
 * page. The third person is the marker: seen and heard by the others before the meeting opens and while the doors are
 * closed, and on air never.
 */
const CHAIR = { name: "Vera Voorzitter", signal: signals.green };
const MEMBER = { name: "Lars Lid", signal: signals.red };
const HIDDEN = { name: "Magda Besloten", signal: signals.magenta };
const AGENDA = ["Opening", "Bestemmingsplan", "Begroting", "Besloten zaak", "Sluiting"];
const DELAY = 2;

let scratch = "";
let house: House;
let watch: PublicWatch;
let planned: Planned;
let gallery: Page;
let office: Page;
const people: Record<"chair" | "member" | "hidden", Person> = Object.create(null);
const seats = { chair: "", member: "", hidden: "" };
const everyone = ["chair", "member", "hidden"] as const;
const signalOf: Record<(typeof everyone)[number], Signal> = {
  chair: CHAIR.signal,
  member: MEMBER.signal,
  hidden: HIDDEN.signal,
};

before(async () => {
  scratch = await mkdtemp(joinPath(tmpdir(), "raadhuis-meeting-"));
  house = await startHouse({ env: { RAADHUIS_DELAY: `${DELAY}` } });
  watch = await watchPublic(house.publicFolder, joinPath(scratch, "open-and-closed"));
  people.chair = await openPerson(CHAIR);
  people.member = await openPerson({
    ...MEMBER,
    shares: "Begroting in beeld",
  });
  people.hidden = await openPerson(HIDDEN);
  await rememberCaptures(people.member.page);
});

after(async () => {
  await Promise.allSettled(everyone.map((who) => people[who]?.close()));
  await watch?.stop();
  await house?.close();
  await rm(scratch, { recursive: true, force: true });
});

/** They are at computers of their own, and wait for nobody. */
const ofEach = (act: (who: (typeof everyone)[number]) => Promise<void>) => Promise.all(everyone.map(act));

/** The steps are one meeting: when one fails, those after it cannot say anything. */
let broken = false;
function step(name: string, run: () => Promise<void>): void {
  test(name, { timeout: 600_000 }, async (context) => {
    if (broken) return context.skip("an earlier step failed");
    try {
      await run();
    } catch (error) {
      broken = true;
      if (process.env.RAADHUIS_TEST_KEEP) await keepSight();
      throw error;
    }
  });
}

/** Pictures of every page, where RAADHUIS_TEST_KEEP says, for whoever looks for the cause. */
async function keepSight(): Promise<void> {
  const folder = process.env.RAADHUIS_TEST_KEEP ?? scratch;
  for (const who of everyone)
    for (const [index, page] of ((await people[who]?.browser.pages()) ?? []).entries())
      await page.screenshot({ path: joinPath(folder, `${who}-${index}.png`) }).catch(() => undefined);
  for (const who of everyone) console.error(who, people[who]?.complaints);
  console.error(house?.log().slice(-6000));
}

step("a clerk sets the house up and makes a meeting through the office's pages", async () => {
  office = await openWindow(people.chair);
  await setUp(office, house.ready.office);
  planned = await planMeeting(office, {
    title: "Raadsvergadering",
    agenda: AGENDA,
    seats: [
      { name: CHAIR.name, role: "chair" },
      { name: MEMBER.name, role: "member", party: "Proefpartij" },
      { name: HIDDEN.name, role: "member" },
    ],
  });
  assert.equal(Object.keys(planned.links).length >= 3, true);
  for (const { name } of [CHAIR, MEMBER, HIDDEN])
    assert.match(planned.links[name] ?? "", /^http:.*\/m\/[a-z0-9]+#\S+$/);
});

step("chair and two members join by their links, and the link's secret leaves the address bar", async () => {
  const names = { chair: CHAIR.name, member: MEMBER.name, hidden: HIDDEN.name };
  await ofEach(async (who) => {
    const link = planned.links[names[who]]!;
    seats[who] = await join(people[who], link, { on: true });
    assert.ok(!people[who].page.url().includes(new URL(link).hash.slice(1)));
  });
});

step("each sees and hears each of the others", async () => {
  await ofEach(async (who) => {
    for (const other of everyone)
      if (who !== other) {
        await sees(people[who].page, seats[other], signalOf[other]);
        await hears(people[who].page, seats[other], signalOf[other]);
      }
  });
});

step("a shared screen is seen by the others and ends when it is stopped", async () => {
  const { page } = people.member;
  const tab = await openWindow(people.member);
  await tab.setContent('<title>Begroting in beeld</title><body style="margin:0;background:rgb(230,120,20)">');
  await page.click(hook("share"));
  await until("the orange tab in the chair's page", async () => {
    const selector = pictureOf(seats.member, "screen_share");
    const colour = await colourOf(people.chair.page, selector, { left: 0.3, top: 0.3, width: 0.4, height: 0.4 });
    return colour !== null && isColour(colour, [230, 120, 20]);
  });
  await press(page, "share");
  await until("no share", async () => (await people.chair.page.$(pictureOf(seats.member, "screen_share"))) === null);
  await tab.close();
});

/** Nobody presses anything here: what is off, is off by itself. The button may follow the room by a moment. */
const isOff = (page: Page, device: string): Promise<true> =>
  until(`${device} off`, async () => (await page.$(hook(device, '[aria-pressed="false"]'))) !== null);

step("the chair opens; cameras are off until each person says yes", async () => {
  const before = Number(await dataOf(people.chair.page, "chamber", "epoch"));
  await press(people.chair.page, "conduct-open");
  for (const who of everyone) {
    // In the room that is on air: the one before it is not, whatever is on there.
    await connected(people[who].page, `[data-phase="open"][data-epoch="${before + 1}"]`);
    for (const device of ["camera", "mic"]) await isOff(people[who].page, device);
  }
  await goOnAir(people.chair.page);
  await goOnAir(people.member.page);
  await press(people.hidden.page, "air-later");
  await press(people.chair.page, "start-item");
  await press(people.chair.page, "give-floor", "", 5_000).catch(() => undefined);
  await sees(people.member.page, seats.chair, CHAIR.signal);
  await sees(people.hidden.page, seats.member, MEMBER.signal);
});

step("the gallery plays the programme", async () => {
  // The list of meetings looks four times a minute.
  await until("the meeting in public", async () =>
    (await releasedStates(watch.folder)).some(({ timeline }) => timeline.some(({ scene }) => scene === "live")),
  );
  gallery = await openWindow(people.hidden, house.ready.gallery);
  await gallery.waitForSelector(`[data-live="true"] ${hook("meeting-link", `[data-meeting="${planned.meeting}"]`)}`);
  await press(gallery, "meeting-link", `[data-meeting="${planned.meeting}"]`);
  await watchStream(gallery);
  await until(
    "someone's colour in the gallery",
    async () => {
      const colour = await colourOf(gallery, hook("player"), FIELD);
      return colour && (isColour(colour, CHAIR.signal.colour) || isColour(colour, MEMBER.signal.colour));
    },
    120_000,
  );
  const { hostname } = new URL(house.ready.gallery);
  const cookies = await gallery.browserContext().cookies();
  assert.deepEqual(
    cookies.filter(({ domain }) => domain === hostname),
    [],
  );
});

const speeches = [
  { to: "member", item: 1 },
  { to: "chair", item: 2 },
] as const;
let changes = 0;

/**
 * Gives the floor and starts an item in one moment, the member and the chair in turn, and tells how far apart, in ms,
 * the gallery's picture takes the speaker's colour and its page the item.
 */
async function changeAndWatch(): Promise<number> {
  const { to, item } = speeches[changes++ % 2]!;
  const id = await agendaItem(item);
  const watching = gallery.evaluate(watchChange, hook("player"), hook("programme"), [...signalOf[to].colour], id);
  await people.chair.page.evaluate(
    (floor, item) => {
      for (const selector of [floor, item]) {
        const button = document.querySelector(selector);
        if (button instanceof HTMLElement) button.click();
      }
    },
    `${hook("person", `[data-seat="${seats[to]}"]`)} ${hook("give-floor")}`,
    `${hook("agenda-item", `[data-item="${id}"]`)} ${hook("start-item")}`,
  );
  const { colourAt, itemAt } = await watching;
  return colourAt - itemAt;
}

/** The best of three, because a machine that is busy with other things wakes no camera in time. */
async function together(what: string, change: () => Promise<number>): Promise<void> {
  const apart: number[] = [];
  while (apart.length < 3 && !apart.some((ms) => Math.abs(ms) < 500)) apart.push(Math.round(await change()));
  console.log(`${what}: ${apart.join(", ")} ms`);
  assert.ok(Math.min(...apart.map(Math.abs)) < 500, `${apart.join(", ")} ms`);
}

const agendaItem = async (index: number): Promise<string> => {
  const ids = await people.chair.page.$$eval(hook("agenda-item"), (rows) =>
    rows.map((row) => row.getAttribute("data-item")),
  );
  return ids[index] ?? assert.fail(`no agenda item ${index}`);
};

/** Runs in the page: when the picture's right half takes this colour and when the page shows this item, ms. */
async function watchChange(player: string, programme: string, colour: number[], item: string) {
  const video = document.querySelector(player);
  if (!(video instanceof HTMLVideoElement)) throw new Error("no player");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const chroma = ([r = 0, g = 0, b = 0]: number[]) => [
    -0.169 * r - 0.331 * g + 0.5 * b,
    0.5 * r - 0.419 * g - 0.081 * b,
  ];
  const [wantedB = 0, wantedR = 0] = chroma(colour);
  let colourAt = 0;
  let itemAt = 0;
  const end = performance.now() + 60_000;
  while ((!colourAt || !itemAt) && performance.now() < end) {
    await new Promise(requestAnimationFrame);
    const { videoWidth: width, videoHeight: height } = video;
    context.drawImage(video, width * 0.55, height * 0.15, width * 0.3, height * 0.4, 0, 0, 1, 1);
    const [b = 0, r = 0] = chroma([...context.getImageData(0, 0, 1, 1).data]);
    if (!colourAt && Math.hypot(b - wantedB, r - wantedR) < 25) colourAt = performance.now();
    if (!itemAt && document.querySelector(programme)?.getAttribute("data-item") === item) itemAt = performance.now();
  }
  if (!colourAt || !itemAt) throw new Error(`colour ${colourAt}, item ${itemAt}`);
  return { colourAt, itemAt };
}

step("in the gallery picture and agenda item change together within 500 ms, also after pause and play", async () => {
  await together("colour after item", changeAndWatch);
  const player = hook("player");
  await together("after pause and play", async () => {
    await gallery.$eval(player, (video) => (video instanceof HTMLVideoElement ? video.pause() : undefined));
    const frames = await framesOf(gallery, player);
    const item = await dataOf(gallery, "programme", "item");
    const changed = speeches[changes % 2]!.item;
    const meanwhile = changeAndWatch();
    const id = await agendaItem(changed);
    await until("the change in public", async () => {
      const newest = (await releasedStates(watch.folder)).at(-1);
      return newest?.timeline.at(-1)?.item?.id === id;
    });
    await new Promise((resolve) => setTimeout(resolve, 2000));
    assert.ok((await framesOf(gallery, player)) - frames < 3, "the picture stands still in a pause");
    assert.equal(
      await dataOf(gallery, "programme", "item"),
      item,
      "a paused page tells nothing newer than its picture",
    );
    await gallery.$eval(player, (video) => (video instanceof HTMLVideoElement ? video.play() : undefined));
    return meanwhile;
  });
});

step("the gallery's button leads back from a pause to what is newest", async () => {
  await press(gallery, "to-edge");
  const behind = async () => Date.now() - Number(await dataOf(gallery, "player", "clock"));
  await until("the newest picture", async () => (await behind()) < (DELAY + 10) * 1000);
});

/** What EN 301 549 (6.5) allows, ms; on a machine that four browsers share the present media server does not always keep to LIP_SYNC. */
const IN_STEP = 100;

/** By now a browser has had time to bring sound and picture in step. */
step("flash and beep arrive within 100 ms of each other", async () => {
  const sender = people.member.page;
  const video = pictureOf(seats.member);
  const skew = await settledSkew(
    { page: sender, video, audio: await ownSound(sender) },
    { page: people.chair.page, video, audio: soundOf(seats.member) },
    { region: FLASH, beep: BEEP_HZ },
    IN_STEP,
  );
  console.log(`sound after picture: ${Math.round(skew)} ms`);
  assert.ok(Math.abs(skew) < IN_STEP, `${skew} ms`);
});

step(
  "the chair closes the doors; those inside move over and see and hear one another, the third person too",
  async () => {
    const epoch = Number(await dataOf(people.chair.page, "chamber", "epoch"));
    await press(people.chair.page, "conduct-doors");
    await press(people.chair.page, "confirm");
    await ofEach(async (who) => {
      await connected(people[who].page, `[data-epoch="${epoch + 1}"]`);
      await shown(people[who].page, "doors", '[data-doors="closed"]');
      await shown(people[who].page, "closed-notice");
      await turn(people[who].page, "camera", true);
      await turn(people[who].page, "mic", true);
    });
    await press(people.chair.page, "agenda-item", `[data-item="${await agendaItem(3)}"] ${hook("start-item")}`);
    await press(people.chair.page, "person", `[data-seat="${seats.hidden}"] ${hook("give-floor")}`);
    await sees(people.chair.page, seats.hidden, HIDDEN.signal);
    await hears(people.member.page, seats.hidden, HIDDEN.signal);
    await sees(people.hidden.page, seats.chair, CHAIR.signal);
    await shown(gallery, "programme", '[data-scene="doorsClosed"]', 120_000);
    // The public's picture is the slate by now; the closed part goes on for longer than any delay.
    await sees(people.member.page, seats.hidden, HIDDEN.signal);
    await new Promise((resolve) => setTimeout(resolve, (DELAY + 4) * 1000));
  },
);

step("the doors open; cameras are off until each person says yes, and the programme goes on", async () => {
  await press(people.chair.page, "agenda-item", `[data-item="${await agendaItem(4)}"] ${hook("start-item")}`);
  await pressIfThere(people.chair.page, "take-floor");
  const epoch = Number(await dataOf(people.chair.page, "chamber", "epoch"));
  await press(people.chair.page, "conduct-doors");
  for (const who of everyone) {
    await connected(people[who].page, `[data-epoch="${epoch + 1}"]`);
    await isOff(people[who].page, "camera");
  }
  await goOnAir(people.chair.page);
  await goOnAir(people.member.page);
  await press(people.hidden.page, "air-later");
  await sees(people.member.page, seats.chair, CHAIR.signal);
  await shown(gallery, "programme", '[data-scene="live"]', 120_000);
});

step("the meeting ends, and the gallery has its recording, in clean streams", async () => {
  await press(people.chair.page, "conduct-close");
  const over = hook("notice", '[data-code="meeting.ended"]');
  await confirmUntil(people.chair.page, "the end", async () => (await people.member.page.$(over)) !== null);
  await shown(gallery, "recording", "", 120_000);
  const at = await until("the recording plays", async () =>
    gallery.$eval(hook("recording"), async (video) => {
      if (!(video instanceof HTMLVideoElement)) return null;
      if (video.paused) await video.play();
      return video.currentTime > 1 && video.videoWidth === 1280 ? video.currentTime : null;
    }),
  );
  assert.ok(at > 1);
  await watch.stop();
  const file = joinPath(house.publicFolder, planned.meeting, "recording.mp4");
  const streams = await cleanStreams(file);
  assert.deepEqual(streams.map(({ kind, codec, width }) => [kind, codec, width]).sort(), [
    ["audio", "aac", null],
    ["video", "h264", 1280],
  ]);
  const [audio, video] = streams.sort((one, other) => one.kind.localeCompare(other.kind));
  assert.ok(Math.abs(audio!.seconds - video!.seconds) < 0.3, JSON.stringify(streams));
  const pictures = await meanColours(file, FIELD, 5);
  for (const { name, signal } of [CHAIR, MEMBER]) {
    assert.ok(
      pictures.filter(({ colour }) => isColour(colour, signal.colour)).length > 10,
      `${name} is in the recording`,
    );
    assert.ok((await soundsAt(file, signal.tone)).length > 5, `${name} is heard in the recording`);
  }
});

step("the search for the closed part's marker in all that was ever public finds nothing", async () => {
  const find = await searchPublic(watch.folder, HIDDEN.signal, [HIDDEN.name]);
  assert.ok(find.films >= 2 && find.texts >= 3, JSON.stringify(find));
  assert.deepEqual(find.unread, []);
  assert.deepEqual([find.media, find.words], [[], []]);
  const states = await releasedStates(watch.folder);
  const closedItem = states[0]?.agenda[3]?.id;
  assert.ok(closedItem);
  for (const { timeline, until } of states) {
    assert.ok(!timeline.some(({ item }) => item?.id === closedItem), "the item of the closed part is in no timeline");
    assert.ok(timeline.every(({ at }) => at <= until));
  }
});

step("the same search finds the same marker when it is shown with the doors open", async () => {
  await office.goto(`${house.ready.home.replace(/\/$/, "")}/office`);
  const control = await planMeeting(office, {
    title: "Proef op de som",
    agenda: ["Opening"],
    seats: [{ name: HIDDEN.name, role: "chair" }],
  });
  const folder = joinPath(scratch, "control");
  const watching = await watchPublic(joinPath(house.publicFolder, control.meeting), folder);
  const { page } = people.hidden;
  await join(people.hidden, control.links[HIDDEN.name]!, { on: true });
  await press(page, "conduct-open");
  await connected(page, '[data-phase="open"]');
  await goOnAir(page);
  await until(
    "the marker's name in public",
    async () =>
      (await releasedStates(folder)).some(({ timeline }) =>
        timeline.some(({ speaker }) => speaker?.name === HIDDEN.name),
      ),
    120_000,
    500,
  ).catch(() => undefined);
  await press(page, "conduct-close");
  await until(
    "the control's recording",
    async () => {
      await sayYes(page);
      return (await releasedStates(folder)).some(({ recording }) => recording);
    },
    120_000,
    500,
  );
  await watching.stop();
  const find = await searchPublic(folder, HIDDEN.signal, [HIDDEN.name]);
  const names = find.media.map(({ file }) => file);
  assert.ok(
    names.some((name) => name.endsWith("recording.mp4")) && names.some((name) => name.endsWith(".film")),
    JSON.stringify(find),
  );
  for (const { seen, heard } of find.media) assert.ok(seen > 10 && heard > 5, JSON.stringify(find));
  assert.ok(
    find.words.some((name) => name.endsWith("state.json")),
    JSON.stringify(find.words),
  );
});
