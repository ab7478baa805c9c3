import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { withGo } from "./kit/goPeople.ts";
import type { GoPerson } from "./kit/goPerson.ts";
import { blue, red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { Samples } from "./kit/samples.ts";
import { own } from "./kit/server.ts";
import { eventually, until } from "./kit/wait.ts";

describe("what LiveKit's Go SDK does with sound and pictures", { ...patience, ...withGo }, () => {
  const room = roomForEach("go-media");
  const samples = new Samples();
  let quiet: GoPerson;
  let came = 0;
  // For all the others' time: see the last test.
  before(async () => {
    quiet = await room.goPerson("quiet");
    came = performance.now();
  });
  after(() => samples.end());

  it("publishes with the join itself, where it has one peer connection", async () => {
    const anna = await room.person("anna");
    const publish = [
      { name: "voice", source: "microphone" as const, layers: [samples.tone(440)] },
      { name: "face", source: "camera" as const, layers: [samples.picture(red)] },
    ];
    await room.goPerson("go", { single: true, publish });
    await Promise.all([anna.sees("go/camera", red), anna.hears("go/microphone", 440)]);
  });

  it("publishes in each codec that browsers see", async () => {
    const [anna, go] = [await room.person("anna"), await room.goPerson("go")];
    for (const [codec, colour] of [
      ["vp8", red],
      ["h264", blue],
      ["vp9", red],
    ] as const) {
      const sid = await go.show(samples.picture(colour, 180, codec));
      await anna.sees("go/camera", colour);
      await eventually(async () => assert.equal((await room.trackOf("go"))?.mimeType.toLowerCase(), `video/${codec}`));
      await go.unpublish(sid);
      await anna.knowsTracks("go");
    }
  });

  const busy = own("LiveKit was not seen to bring Go's simulcast in every size on a machine as busy as that of tests");
  it("publishes as simulcast, and receives the size of it that is asked for, less and more", busy, async () => {
    const [anna, go, other] = [
      await room.person("anna"),
      await room.goPerson("go", { single: true }),
      await room.goPerson("other"),
    ];
    await go.show(...[90, 180, 360].map((height) => samples.picture(red, height)));
    await Promise.all([anna.sees("go/camera", red), other.receives("go/camera")]);
    for (const [quality, height] of [
      ["LOW", 90],
      ["HIGH", 360],
    ] as const) {
      await other.call("wish", { identity: "go", source: "camera", quality });
      await anna.call("setQuality", "go", "camera", quality);
      await Promise.all([other.seesHeight("go/camera", height), anna.seesHeight("go/camera", height)]);
    }
  });

  it("mutes, and is muted from afar; all are told, and nothing comes of it", async () => {
    const [anna, go, other] = [await room.person("anna"), await room.goPerson("go"), await room.goPerson("other")];
    const sid = await go.sing(samples.tone(440));
    await Promise.all([anna.hears("go/microphone", 440), other.hears("go/microphone", 440)]);
    await go.call("mute", { sid, muted: true });
    await other.happened("muted", { identity: "go", sid });
    await anna.receivesNothing();
    await go.call("mute", { sid, muted: false });
    await other.happened("unmuted", { identity: "go", sid });
    await other.hears("go/microphone", 440);
    await room.api.mutePublishedTrack(room.name, "go", sid, true);
    await go.happened("muted", { identity: "go", sid });
  });

  it("takes what it asks for, and no more", async () => {
    const [go, picky] = [await room.goPerson("go"), await room.goPerson("picky", { autoSubscribe: false })];
    await go.sing(samples.tone(440));
    await go.show(samples.picture(red));
    await picky.knowsTracks("go", "camera", "microphone");
    const wish = (source: string, wishes: object) => picky.call("wish", { identity: "go", source, ...wishes });
    const stops = (source: string) =>
      until(`nothing comes of the ${source}`, async () => {
        const count = async () => (await picky.received()).findLast((one) => one.source === source)?.packets;
        const before = await count();
        await pause(400);
        return before === (await count());
      });
    await wish("microphone", { subscribed: true });
    await picky.hears("go/microphone", 440);
    assert.deepEqual(
      (await picky.received()).map(({ source }) => source),
      ["microphone"],
    );
    await wish("microphone", { subscribed: false });
    await stops("microphone");
    await wish("camera", { subscribed: true });
    await picky.receives("go/camera");
    await wish("camera", { enabled: false });
    await stops("camera");
    await wish("camera", { enabled: true });
    await picky.receives("go/camera");
    await wish("microphone", { subscribed: true });
    await picky.hears("go/microphone", 440);
  });

  it("says who may have its tracks, and hears who has them", async () => {
    const [go, friend, other] = [
      await room.goPerson("go"),
      await room.goPerson("friend"),
      await room.goPerson("other"),
    ];
    await go.call("permit", ["friend"]);
    const sid = await go.sing(samples.tone(440));
    await friend.hears("go/microphone", 440);
    await go.happened("localTrackSubscribed", { sid });
    await other.knowsTracks("go", "microphone");
    assert.deepEqual(await other.received(), []);
    await go.call("permit", ["friend", "other"]);
    await other.hears("go/microphone", 440);
  });

  it("hears who speaks, and how good connections are", async () => {
    const [go, other] = [await room.goPerson("go"), await room.goPerson("other")];
    const tone = samples.tone(440);
    await other.publish({ name: "whisper", source: "microphone", layers: [tone], level: 100 });
    await go.publish({ name: "voice", source: "microphone", layers: [tone], level: 20 });
    await other.happened("speakers", { identities: ["go"] });
    await other.happened("quality", { identity: "go", quality: "excellent" });
    assert.ok(!go.happenings.some(({ kind, identities }) => kind === "speakers" && `${identities}`.includes("other")));
  });

  it("keeps its socket while it has nothing to say: it never pings", async () => {
    // As long as our own server waits for a sign of life.
    await until("half a minute has passed", () => performance.now() - came > 25_000);
    assert.equal(await quiet.call("state"), "connected");
    assert.deepEqual(
      quiet.happenings.filter(({ kind }) => kind.startsWith("reconnect")),
      [],
    );
  });
});
