import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { SignalResponse } from "@livekit/protocol";
import type { Page } from "puppeteer-core";
import { openPerson, openWindow, type Person } from "./lib/browser.ts";
import { isColour } from "./lib/colour.ts";
import { type House, startHouse } from "./lib/house.ts";
import { colourOf } from "./lib/measure.ts";
import { appearsAt, clickedAt, lastPictureAt } from "./lib/moments.ts";
import {
  connected,
  goOnAir,
  hears,
  hook,
  join,
  openLink,
  pictureOf,
  press,
  sees,
  shown,
  watchStream,
} from "./lib/people.ts";
import { FIELD, signals } from "./lib/signals.ts";
import { ask, linkParts, post, redeem, SeatSocket, upgrade } from "./lib/visitor.ts";
import { until } from "./lib/wait.ts";

/** Somebody is removed while they speak. */
const DELAY = 3;
let house: House;
let chair: Person;
let victim: Person;
let witness: Page;
let gallery: Page;
const seats = { chair: "", victim: "", witness: "" };

before(async () => {
  house = await startHouse({ args: ["--demo", "--people", "0"], env: { RAADHUIS_DELAY: `${DELAY}` } });
  chair = await openPerson({ name: "chair", signal: signals.green });
  victim = await openPerson({ name: "victim", signal: signals.red });
});
after(async () => {
  await Promise.allSettled([chair?.close(), victim?.close()]);
  await house?.close();
});

/** Notes what the page's media sockets were opened with and what they received, without changing any of it. */
async function noteMediaSockets(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const noted: { urls: string[]; messages: string[] } = { urls: [], messages: [] };
    Object.assign(globalThis, { noted });
    globalThis.WebSocket = class extends WebSocket {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols);
        if (!String(url).includes("/rtc")) return;
        noted.urls.push(String(url));
        this.addEventListener("message", async ({ data }) => {
          const bytes = new Uint8Array(data instanceof Blob ? await data.arrayBuffer() : data);
          noted.messages.push(btoa(String.fromCharCode(...bytes)));
        });
      }
    };
  });
}

async function ticketsIn(page: Page): Promise<{ used: string; refreshed: string }> {
  const noted: unknown = await page.evaluate("noted");
  assert.ok(typeof noted === "object" && noted !== null && "urls" in noted && "messages" in noted);
  assert.ok(Array.isArray(noted.urls) && Array.isArray(noted.messages));
  const used = new URL(String(noted.urls.at(-1))).searchParams.get("access_token");
  const refreshed = noted.messages
    .map((text) => SignalResponse.fromBinary(Buffer.from(String(text), "base64")).message)
    .flatMap((message) => (message.case === "refreshToken" ? [message.value] : []))
    .at(-1);
  assert.ok(used, "the page opened a media socket with a ticket");
  assert.ok(refreshed, "the media server sent the page a fresh ticket");
  return { used, refreshed };
}

test("a person removed while speaking is gone everywhere in under a second, for good", {
  timeout: 600_000,
}, async () => {
  const link = house.ready.members![0]!;
  seats.chair = await join(chair, house.ready.chair!, { on: true });
  await noteMediaSockets(victim.page);
  seats.victim = await join(victim, link, { on: true });
  witness = await openWindow(chair);
  seats.witness = await join({ ...chair, page: witness }, house.ready.members![1]!, { on: false });
  await press(chair.page, "conduct-open");
  for (const page of [chair.page, victim.page, witness]) await connected(page, '[data-phase="open"]');
  await goOnAir(victim.page);
  await press(chair.page, "person", `[data-seat="${seats.victim}"] ${hook("give-floor")}`);
  for (const page of [chair.page, witness]) await sees(page, seats.victim, signals.red);
  await hears(witness, seats.victim, signals.red);
  gallery = await openWindow(chair, `${house.ready.gallery.replace(/\/$/, "")}/meeting/${linkParts(link).meeting}`);
  await watchStream(gallery);
  await until(
    "the speaker in the gallery",
    async () => {
      const colour = await colourOf(gallery, hook("player"), FIELD);
      return colour !== null && isColour(colour, signals.red.colour);
    },
    120_000,
  );
  const session = await redeem(link);
  const { used, refreshed } = await ticketsIn(victim.page);

  const picture = pictureOf(seats.victim);
  const gone = [chair.page, witness].map((page) => lastPictureAt(page, picture));
  const told = appearsAt(victim.page, hook("notice", '[data-code="seat.removed"]'));
  const publicly = lastSeenInGallery();
  const row = `${hook("person", `[data-seat="${seats.victim}"]`)} ${hook("remove")}`;
  await chair.page.waitForSelector(row);
  await clickedAt(chair.page, row);
  await chair.page.waitForSelector(hook("confirm"));
  const at = await clickedAt(chair.page, hook("confirm"));
  const moments = [...(await Promise.all(gone)), await told];
  console.log(`gone after ${moments.map((moment) => Math.round(moment - at)).join(", ")} ms`);
  for (const moment of moments) assert.ok(moment - at < 1000, `${moment - at} ms`);
  for (const page of [chair.page, witness]) assert.equal(await page.$(picture), null);
  const clock = await publicly;
  console.log(`in the programme gone after ${Math.round(clock - at)} ms`);
  assert.ok(clock - at < 1000, `the public sees them until ${clock - at} ms after`);

  const { origin, meeting, secret } = linkParts(link);
  for (const [name, token] of Object.entries({ used, refreshed }))
    for (const path of ["/rtc", "/rtc/v1"]) {
      const answer = await upgrade(origin, `${path}?access_token=${token}`, { origin });
      assert.ok(
        "status" in answer && (answer.status === 401 || answer.status === 403),
        `the ${name} ticket at ${path}`,
      );
    }
  const again = await post(origin, "/api/seats/redeem", { meeting, secret });
  assert.ok(again.status >= 400 && again.cookies.length === 0, `the link: ${again.status}`);
  const socket = await upgrade(origin, `/api/seats/${session.seat}/socket`, { origin, cookie: session.cookie });
  if ("socket" in socket) {
    const { closed } = await SeatSocket.open(session).then((open) => until("out", () => open.closed && open));
    assert.ok(closed);
  } else assert.ok(socket.status === 401 || socket.status === 403);
  assert.notEqual(
    (await ask(origin, `/api/seats/${session.seat}`, { headers: { cookie: session.cookie } })).status,
    200,
  );

  await victim.page.reload();
  await shown(victim.page, "notice");
  await openLink(victim.page, link);
  await shown(victim.page, "notice");
  assert.equal(await victim.page.$(hook("join")), null);
  const log = house.log();
  for (const word of [secret, used, refreshed]) assert.ok(!log.includes(word));
  assert.ok((await readFile(`/proc/${await house.pidOf("server")}/cmdline`, "utf8")).length > 0);
});

/** Watches the gallery until the picture has not been the removed person's for two seconds of programme; their last moment there. */
function lastSeenInGallery(): Promise<number> {
  return gallery.evaluate(
    async (player, colour) => {
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
      let last = Number(video.dataset.clock);
      const end = performance.now() + 60_000;
      while (performance.now() < end) {
        await new Promise(requestAnimationFrame);
        const { videoWidth: width, videoHeight: height } = video;
        context.drawImage(video, width * 0.55, height * 0.15, width * 0.3, height * 0.4, 0, 0, 1, 1);
        const [b = 0, r = 0] = chroma([...context.getImageData(0, 0, 1, 1).data]);
        const clock = Number(video.dataset.clock);
        if (Math.hypot(b - wantedB, r - wantedR) < 25) last = clock;
        else if (clock - last > 2000) return last;
      }
      throw new Error("the removed person stays in the gallery");
    },
    hook("player"),
    [...signals.red.colour],
  );
}
