import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { after, before, test } from "node:test";
import { z } from "zod";
import { openPerson, type Person } from "./lib/browser.ts";
import { type Cluster, startCluster } from "./lib/cluster.ts";
import { isColour } from "./lib/colour.ts";
import { type House, startHouse } from "./lib/house.ts";
import { meanColours } from "./lib/media.ts";
import { mediaBackAt } from "./lib/moments.ts";
import { connected, goOnAir, hears, hook, join, pictureOf, press, sayYes, sees, shown, soundOf } from "./lib/people.ts";
import { type PublicWatch, releasedStates, watchPublic } from "./lib/public.ts";
import { FIELD, signals } from "./lib/signals.ts";
import { redeem, SeatSocket } from "./lib/visitor.ts";
import { until } from "./lib/wait.ts";
import { liveKitBinary } from "./runner/engines.ts";

/** A council meets on two LiveKit nodes, and the one that carries its room dies without a word. */
const found = liveKitBinary(joinPath(import.meta.dirname, ".."));
const skip = "missing" in found && found.excused ? found.missing : false;
const Event = z.object({ type: z.string(), structure: z.object({ item: z.string().optional() }) });
let scratch = "";
let cluster: Cluster;
let house: House;
let watch: PublicWatch;
let chair: Person;
let member: Person;
const seats = { chair: "", member: "" };

before(async () => {
  if (skip) return;
  if ("missing" in found) throw new Error(found.missing);
  scratch = await mkdtemp(joinPath(tmpdir(), "raadhuis-cluster-"));
  cluster = await startCluster(found.binary);
  const { url, key, secret } = cluster;
  const media = { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret };
  house = await startHouse({ args: ["--demo", "--people", "0"], env: { ...media, RAADHUIS_DELAY: "3" } });
  watch = await watchPublic(joinPath(house.publicFolder, house.ready.meeting!), joinPath(scratch, "public"));
  chair = await openPerson({ name: "chair", signal: signals.green });
  member = await openPerson({ name: "member", signal: signals.red });
});
after(async () => {
  await Promise.allSettled([chair?.close(), member?.close()]);
  await watch?.stop();
  await house?.close();
  cluster?.kill();
  if (scratch) await rm(scratch, { recursive: true, force: true });
});

async function startsItem(index: number): Promise<string> {
  const items = await chair.page.$$eval(hook("agenda-item"), (rows) =>
    rows.map((row) => row.getAttribute("data-item") ?? ""),
  );
  const item = items[index] ?? "";
  await press(chair.page, "agenda-item", `[data-item="${item}"] ${hook("start-item")}`);
  for (const { page } of [chair, member]) await shown(page, "item", `[data-item="${item}"]`, 120_000);
  return item;
}

async function seeOneAnother(): Promise<void> {
  await sees(chair.page, seats.member, signals.red);
  await sees(member.page, seats.chair, signals.green);
  await hears(chair.page, seats.member, signals.red);
  await hears(member.page, seats.chair, signals.green);
}

async function inPublicDuring(item: string): Promise<void> {
  await until(
    `item ${item} in public`,
    async () =>
      (await releasedStates(watch.folder)).some(({ timeline }) => timeline.some((one) => one.item?.id === item)),
    120_000,
    200,
  );
}

test("when the node that carries the room dies the meeting goes on, media come back, and nothing of the record is lost", {
  timeout: 600_000,
  ...(skip ? { skip } : {}),
}, async () => {
  const witness = await SeatSocket.open(await redeem(house.ready.members![1]!));
  seats.chair = await join(chair, house.ready.chair!, { on: true });
  seats.member = await join(member, house.ready.members![0]!, { on: true });
  await press(chair.page, "conduct-open");
  for (const { page } of [chair, member]) {
    await connected(page, '[data-phase="open"]');
    await goOnAir(page);
    await page.evaluate("globalThis.stayed = true");
  }
  await seeOneAnother();
  await press(chair.page, "person", `[data-seat="${seats.chair}"] ${hook("give-floor")}`, 5_000).catch(() => undefined);
  const first = await startsItem(0);
  await inPublicDuring(first);

  const carrier = await until("the node that carries the room", async () => {
    const carried = await Promise.all(cluster.nodes.map((node) => node.rooms()));
    return carried.filter((rooms) => rooms > 0).length === 1 && cluster.nodes[carried.findIndex((rooms) => rooms > 0)];
  });
  const watching = Promise.all([
    mediaBackAt(chair.page, pictureOf(seats.member), soundOf(seats.member), { ms: 120_000 }),
    mediaBackAt(member.page, pictureOf(seats.chair), soundOf(seats.chair), { ms: 120_000 }),
  ]);
  const ended = once(carrier.child, "exit");
  const at = Date.now();
  carrier.child.kill("SIGKILL");
  await ended;
  // The meeting is the house's, and waits for no media server.
  const second = await startsItem(1);
  const back = (await watching)
    .flatMap(({ picture, sound }) => [picture, sound])
    .map((moment) => Math.round(moment - at));
  console.log(`media back after ${back.join(", ")} ms`);
  await seeOneAnother();
  for (const { page } of [chair, member]) assert.equal(await page.evaluate("globalThis.stayed"), true);

  const third = await startsItem(2);
  await inPublicDuring(third);
  await press(chair.page, "conduct-close");
  const final = await until(
    "the recording",
    async () => {
      await sayYes(chair.page);
      return (await releasedStates(watch.folder)).findLast(({ recording }) => recording);
    },
    120_000,
    500,
  );
  assert.deepEqual([...new Set(final.timeline.flatMap(({ item }) => item?.id ?? []))], [first, second, third]);

  // What was there before, and what came after, is in the recording.
  const pictures = await meanColours(joinPath(house.publicFolder, final.meeting, "recording.mp4"), FIELD, 5);
  const secondsOf = (item: string) => {
    const start = final.timeline.find((one) => one.item?.id === item)!.at;
    const offset = final.recording!.offsets.findLast(({ at }) => at <= start)!;
    return offset.seconds + (start - offset.at) / 1000;
  };
  const faces = ({ colour }: { colour: (typeof pictures)[number]["colour"] }) =>
    isColour(colour, signals.green.colour) || isColour(colour, signals.red.colour);
  const before = pictures.filter((picture) => picture.at < secondsOf(second));
  const since = pictures.filter((picture) => picture.at > secondsOf(third));
  assert.ok(before.filter(faces).length > 5, `${before.length} pictures before`);
  assert.ok(since.filter(faces).length > 5, `${since.length} pictures after`);

  const told = await until("the last event", () => {
    const events = witness.heard.flatMap((message) => (message.type === "events" ? message.events : []));
    const course = events.map((event) => Event.parse(event)).filter(({ type }) => /^(item|meeting)\./.test(type));
    return course.at(-1)?.type === "meeting.ended" && course.map(({ type, structure }) => structure.item ?? type);
  });
  assert.deepEqual(told, ["meeting.opened", first, second, third, "meeting.ended"]);
});
