import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { FromChild } from "@raadhuis/protocol/children";
import type { ReleasedState } from "@raadhuis/protocol/public";
import { houseFor, planMeeting, setUp, testSettings } from "../testing/house.ts";
import { listenForOrders } from "../testing/orders.ts";
import { Visitor } from "../testing/visitor.ts";

const PORT = 24140;

const until = async (holds: () => boolean): Promise<void> => {
  const end = Date.now() + 45_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It never came to be: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

test("a public meeting's broadcast is ordered of its egress, and what is public before it stands in files", async (t) => {
  const told: FromChild[] = [];
  const options = { tell: (message: FromChild) => told.push(message), graceMs: 100 };
  const house = await houseFor(t, testSettings(PORT), options);
  const publicFile = (...path: string[]) => join(house.settings.data, "public", ...path);
  const json = (...path: string[]) => JSON.parse(readFileSync(publicFile(...path), "utf8"));
  const clerk = await setUp(house);
  const wantedFor = (meeting: string) =>
    told.some((message) => message.type === "egress.want" && message.meeting === meeting);

  await t.test("a private meeting and a call stand in no file and want no egress", async () => {
    const kinds = [
      await planMeeting(clerk, { kind: "private", recording: false, title: "Vertrouwelijk" }),
      await planMeeting(clerk, { kind: "call", recording: false, agenda: [], title: "Vertrouwelijk" }),
    ];
    for (const { meeting, links } of kinds) {
      const chair = await new Visitor(house.url).sit(links[0]!.link);
      await chair.welcome();
      assert.equal((await chair.command({ type: "openMeeting" })).type, "done");
      await chair.close();
      assert.equal(wantedFor(meeting), false);
      assert.equal(existsSync(publicFile(meeting)), false);
    }
    assert.ok(!JSON.stringify(json("index.json")).includes("Vertrouwelijk"));
  });

  const { meeting, links } = await planMeeting(clerk);
  const office = await clerk.open(`/api/office/meetings/${meeting}/socket`);
  const state = await office.welcome();

  await t.test("a planned meeting is announced with its agenda, which follows until the opening", async () => {
    await office.command({ type: "addItem", item: "aaaaaaaa", title: "Rondvraag" });
    const file = () =>
      json(meeting, "announcement.json") as { agenda: { title: string; number: number }[]; title: string };
    await until(() => existsSync(publicFile(meeting, "announcement.json")) && file().agenda.length === 4);
    assert.deepEqual(
      file().agenda.map(({ number, title }) => `${number} ${title}`),
      ["1 Opening", "2 Begroting", "3 Sluiting", "4 Rondvraag"],
    );
    const listed = json("index.json").meetings as { meeting: string }[];
    assert.deepEqual(
      listed.map((one) => one.meeting),
      [meeting],
    );
    assert.ok(readdirSync(publicFile(meeting)).every((name) => !name.endsWith(".tmp")));
    assert.ok(!JSON.stringify([file(), json("index.json")]).includes("Lid"));
  });

  assert.equal(wantedFor(meeting), false);
  const chair = await new Visitor(house.url).sit(links[0]!.link);
  await chair.welcome();
  await office.event("seat.arrived");
  const egress = await listenForOrders(t);

  await t.test("the first person present wants an egress, which gets the slate before the meeting", async () => {
    assert.equal(wantedFor(meeting), true);
    house.hear({ type: "egress.ready", meeting, ...egress.at });
    const order = await egress.order(() => true);
    assert.deepEqual(order.scene, { kind: "slate", slate: "before", text: null });
    assert.equal(order.end, false);
    assert.deepEqual(
      [order.body, order.title, order.delayMs, order.recording],
      ["Gemeente Voorbeeld", "Raadsvergadering", 10_000, true],
    );
  });

  await t.test(
    "the slate is ordered in the body's time zone, and in the other one as soon as that was changed",
    async () => {
      assert.equal((await clerk.send("PUT", "/api/office/zone", { zone: "America/Kralendijk" })).status, 200);
      await egress.order(({ zone }) => zone === "America/Kralendijk");
    },
  );

  await t.test("once open it gets a hidden, listening ticket for the room on air, at the event's time", async () => {
    const before = Date.now();
    await chair.command({ type: "openMeeting" });
    const order = await egress.order(({ scene }) => scene.kind === "live");
    if (order.scene.kind !== "live") throw new Error("unreachable");
    assert.equal(order.scene.room, `${meeting}-2`);
    assert.ok(order.at >= before && order.at <= Date.now());
    const { sub, video } = JSON.parse(Buffer.from(order.scene.token.split(".")[1]!, "base64url").toString());
    assert.equal(sub, "egress");
    assert.deepEqual([video.hidden, video.recorder, video.canPublish, video.canSubscribe], [true, true, false, true]);
    await chair.command({ type: "startItem", item: state.agenda[1]!.id });
    assert.equal((await egress.order(({ item }) => item !== null)).item?.number, 2);
    await chair.command({ type: "giveFloor", seat: links[0]!.seat });
    const focused = await egress.order(({ scene }) => scene.kind === "live" && scene.focus !== null);
    assert.equal(focused.people[links[0]!.seat]?.name, "Anna Voorzitter");
  });

  await t.test("behind closed doors it gets the slate, and nothing of what goes on there", async () => {
    await chair.command({ type: "closeDoors" });
    const slate = await egress.order(({ scene }) => scene.kind === "slate" && scene.slate === "doorsClosed");
    await chair.command({ type: "startItem", item: state.agenda[2]!.id });
    await chair.command({ type: "assignSeat", seat: "gggggggg", role: "guest", name: "Geheime Gast", party: null });
    await chair.command({ type: "writeSlate", slate: "doorsClosed", text: "Wij gaan verder om 21.15 uur" });
    const written = await egress.order(({ scene }) => scene.kind === "slate" && scene.text !== null);
    assert.equal(written.item?.number, 2);
    assert.ok(written.version > slate.version);
    const since = egress.orders.filter(({ version }) => version >= slate.version);
    for (const order of since) {
      assert.equal(order.scene.kind, "slate");
      assert.equal(order.item?.number, 2);
      assert.ok(!JSON.stringify(order).includes("Geheime Gast"));
    }
  });

  await t.test("opened again it is live in the new room", async () => {
    await chair.command({ type: "openDoors" });
    const order = await egress.order(({ scene }) => scene.kind === "live" && scene.room === `${meeting}-4`);
    assert.equal(order.item?.number, 3);
  });

  await t.test("the office sees how the stream is, and hears when it is gone", async () => {
    egress.say({ state: "live", connected: true });
    await office.next(
      "health",
      ({ health }) => health.stream.code === "stream.live" && health.recording.code === "recording.running",
    );
    egress.say({ behindMs: 60_000 });
    await office.next("health", ({ health }) => health.stream.code === "stream.behind");
    house.hear({ type: "egress.gone", meeting });
    told.length = 0;
    await office.next("health", ({ health }) => health.stream.light === "amber" || health.stream.light === "red");
    await until(() => wantedFor(meeting));
    const count = egress.orders.length;
    house.hear({ type: "egress.ready", meeting, ...egress.at });
    await egress.order((order) => egress.orders.indexOf(order) >= count);
  });

  await t.test("after the end it is told so until it has finished; then no egress is wanted again", async () => {
    await chair.command({ type: "endMeeting" });
    const last = await egress.order(({ end }) => end);
    assert.deepEqual(last.scene, { kind: "slate", slate: "after", text: null });
    const released: ReleasedState = {
      ...{
        meeting,
        body: "",
        title: "",
        startsAt: 0,
        zone: "Europe/Amsterdam",
        agenda: [],
        from: 0,
        until: 1,
        timeline: [],
        ended: true,
      },
      recording: { file: "recording.mp4", seconds: 1, bytes: 1, offsets: [] },
    };
    mkdirSync(publicFile(meeting), { recursive: true });
    writeFileSync(publicFile(meeting, "state.json"), JSON.stringify(released));
    house.hear({ type: "egress.gone", meeting });
    await office.next("health", ({ health }) => health.stream.code === "stream.finished");
    await house.close();
    told.length = 0;
    const again = await houseFor(t, testSettings(PORT + 1, { RAADHUIS_DATA: house.settings.data }), options);
    assert.deepEqual(told, []);
    assert.deepEqual(egress.refused, []);
    // One that is there nevertheless, because it died at the last moment, is told to end.
    const count = egress.orders.length;
    again.hear({ type: "egress.ready", meeting, ...egress.at });
    assert.equal((await egress.order((order) => egress.orders.indexOf(order) >= count)).end, true);
  });
});

test("a server that was away takes up the broadcast where it is", async (t) => {
  const told: FromChild[] = [];
  const options = { tell: (message: FromChild) => told.push(message) };
  const first = await houseFor(t, testSettings(PORT + 2), options);
  const { meeting, links } = await planMeeting(await setUp(first));
  const chair = await new Visitor(first.url).sit(links[0]!.link);
  await chair.welcome();
  await chair.command({ type: "openMeeting" });
  await chair.command({ type: "closeDoors" });
  await chair.command({ type: "raiseHand" });
  await first.close();
  told.length = 0;
  const second = await houseFor(t, testSettings(PORT + 3, { RAADHUIS_DATA: first.settings.data }), options);
  assert.deepEqual(told, [{ type: "egress.want", meeting }]);
  const egress = await listenForOrders(t);
  second.hear({ type: "egress.ready", meeting, ...egress.at });
  const order = await egress.order(() => true);
  assert.equal(order.scene.kind === "slate" && order.scene.slate, "doorsClosed");
});
