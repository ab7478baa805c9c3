import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { VideoQuality } from "@livekit/protocol";
import { TrackSource } from "@livekit/rtc-node";
import { blue, red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { eventually, until } from "./kit/wait.ts";

const camera = TrackSource.SOURCE_CAMERA;
const microphone = TrackSource.SOURCE_MICROPHONE;

describe("media between stock clients", patience, () => {
  const room = roomForEach("media");

  it("two browsers see each other's colour and hear each other's tone, encrypted", async () => {
    const anna = await room.person("anna");
    await anna.show(red);
    await anna.sing(440);
    const bert = await room.person("bert");
    await bert.show(blue);
    await bert.sing(990);
    await Promise.all([
      bert.sees("anna/camera", red),
      bert.hears("anna/microphone", 440),
      anna.sees("bert/camera", blue),
      anna.hears("bert/microphone", 990),
    ]);
    const { cipher } = await anna.call<{ cipher: string }>("transport");
    assert.match(cipher, room.server.own ? /^SRTP_AEAD_AES_128_GCM$/ : /AES/);
  });

  it("browser and rtc-node see and hear each other", async () => {
    const anna = await room.person("anna");
    await anna.show(red);
    await anna.sing(440);
    const node = await room.synthetic("node");
    await node.show(120, 90, 200);
    await node.sing(700);
    await anna.hears("node/microphone", 700);
    await until("node's picture", async () => ((await anna.picture("node/camera"))?.frames ?? 0) > 5);
    await node.hears(`anna/${microphone}`, 440);
    // Red in BT.601: Y about 82, U about 100, V about 210.
    await until("anna's red", () => {
      const seen = node.pictures.get(`anna/${camera}`);
      return seen && seen.v > 180 && seen.u < 120;
    });
  });

  it("camera and microphone come in one stream, the screen in another", async () => {
    await room.api.createRoom({ name: room.name, syncStreams: true });
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.show(red);
    await anna.sing(440);
    await anna.show(blue, { source: "screen_share" });
    const sid = await anna.call<string>("sid");
    const ids = await until("three streams", async () => {
      const found = await bert.call<(string | null)[]>("streamIds");
      return found.length === 3 && found.every((id) => id !== null) && found;
    });
    assert.deepEqual([...ids].sort(), [`${sid}|camera`, `${sid}|camera`, `${sid}|screen`]);
    await bert.sees("anna/screen_share", blue);
  });

  it("simulcast is forwarded in the size the subscriber asks for", async () => {
    const anna = await room.person("anna");
    await anna.show(red, { width: 1280, height: 720, simulcast: true });
    const bert = await room.person("bert");
    await bert.seesHeight("anna/camera", 720);
    const { layers } = await anna.call<{ layers: string[] }>("transport");
    assert.deepEqual([...layers].sort(), ["f", "h", "q"]);
    const track = await room.trackOf("anna");
    const told = track?.codecs[0]?.layers.map(({ quality, spatialLayer, rid }) => [quality, spatialLayer, rid]);
    assert.deepEqual(told, [
      [VideoQuality.LOW, 0, "q"],
      [VideoQuality.MEDIUM, 1, "h"],
      [VideoQuality.HIGH, 2, "f"],
    ]);
    for (const [quality, height] of [
      ["LOW", 180],
      ["MEDIUM", 360],
      ["HIGH", 720],
    ] as const) {
      await bert.call("setQuality", "anna", "camera", quality);
      await bert.seesHeight("anna/camera", height);
    }
  });

  it("picture and sound come with the sender's clock, by which browsers keep them in step", async () => {
    await room.api.createRoom({ name: room.name, syncStreams: true });
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.show(red);
    await anna.sing(440);
    // Both on the sender's NTP clock, from its sender reports as they were forwarded: without them, hours apart. Nine
    // looks, since one may come at a bad moment, and as long as the browser takes to bring them together.
    const looks: number[] = [];
    const median = () => looks.slice(-9).toSorted((one, other) => one - other)[4] ?? Number.NaN;
    await until(
      () => `picture and sound within 80 ms; ${median()} ms at last, of ${looks.length} looks`,
      async () => {
        const [first, second] = await bert.call<number[]>("playoutClocks");
        if (first !== undefined && second !== undefined) looks.push(Math.abs(first - second));
        return looks.length >= 9 && median() <= 80;
      },
    );
  });

  it("H.264 is forwarded to those who publish it", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.show(blue, { codec: "h264", simulcast: true, width: 1280, height: 720 });
    await bert.sees("anna/camera", blue);
    await eventually(async () => assert.equal((await room.trackOf("anna"))?.mimeType, "video/H264"));
  });

  it("what is muted is told to the others and not sent to them, and comes back", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.show(red);
    await anna.sing(440);
    await bert.sees("anna/camera", red);
    await bert.hears("anna/microphone", 440);
    for (const source of ["camera", "microphone"]) await anna.call("setMuted", source, true);
    for (const source of ["camera", "microphone"]) await bert.happened("trackMuted", { identity: "anna", source });
    await bert.receivesNothing(2000);
    for (const source of ["camera", "microphone"]) await anna.call("setMuted", source, false);
    for (const source of ["camera", "microphone"]) await bert.happened("trackUnmuted", { identity: "anna", source });
    await bert.moves("anna/camera");
    await bert.hears("anna/microphone", 440);
  });

  it("a track that its subscriber switches off is not sent, and comes back with a picture", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.show(red);
    await bert.sees("anna/camera", red);
    await bert.call("setEnabled", "anna", "camera", false);
    await bert.receivesNothing();
    await bert.call("setEnabled", "anna", "camera", true);
    await bert.moves("anna/camera");
  });

  it("tracks are unpublished and others published in their place, again and again", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    for (const colour of [red, blue, red, blue]) {
      await anna.show(colour);
      await bert.sees("anna/camera", colour);
      await anna.call("unpublish", "camera");
      await bert.knowsTracks("anna");
    }
  });

  it("who comes late gets all of six people, more than the first offer has room for", async () => {
    const crowd = await Promise.all(
      Array.from({ length: 6 }, (_, index) => room.synthetic(`p${index}`, { autoSubscribe: false })),
    );
    await Promise.all(
      crowd.map(async (one, index) => {
        await one.show(60 + index * 20, 128, 128, { width: 160, height: 90 });
        await one.sing(300 + index * 100);
      }),
    );
    const late = await room.person("late");
    for (const index of crowd.keys()) await late.hears(`p${index}/microphone`, 300 + index * 100);
    for (const index of crowd.keys())
      await until(`picture of p${index}`, async () => ((await late.picture(`p${index}/camera`))?.frames ?? 0) > 2);
  });

  it("tells who speaks, and that they fell silent", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.sing(440);
    const tellings = () => bert.noted<{ identities: string[] }>("speakers");
    await until("anna speaks", async () => (await tellings()).some(({ identities }) => identities.includes("anna")));
    await anna.call("setMuted", "microphone", true);
    await until("nobody speaks", async () => (await tellings()).at(-1)?.identities.length === 0);
  });
});
