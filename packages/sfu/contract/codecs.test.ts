import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { VideoLayer_Mode } from "@livekit/protocol";
import { blue, type Person, red, type Showing } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { own } from "./kit/server.ts";
import { eventually, until } from "./kit/wait.ts";

interface Coding {
  direction: "in" | "out";
  kind: "audio" | "video";
  codec: string | null;
  fmtp: string | null;
  rid: string | null;
  active: boolean | null;
  scalability: string | null;
  height: number | null;
  frames: number;
  bytes: number;
}

describe("codecs between stock clients", patience, () => {
  const room = roomForEach("codecs");

  const coding = (one: Person, direction: Coding["direction"], kind: Coding["kind"]) =>
    one
      .call<Coding[]>("coding")
      .then((all) => all.filter((entry) => entry.direction === direction && entry.kind === kind && entry.codec));
  const received = async (one: Person) => (await coding(one, "in", "video")).find(({ frames }) => frames > 0)?.codec;

  const simulcast = own("LiveKit takes VP9 and AV1 as simulcast from 1.13.7 on");
  for (const codec of ["vp9", "av1"] as const) {
    it(`${codec} is published with three spatial layers in one stream and forwarded in the size that is asked for`, async () => {
      const anna = await room.person("anna");
      await anna.show(red, { codec, width: 960, height: 544 });
      const bert = await room.person("bert");
      await bert.sees("anna/camera", red);
      await eventually(async () => {
        assert.equal((await received(bert))?.toLowerCase(), `video/${codec}`);
        const [sent] = (await coding(anna, "out", "video")).filter(({ bytes }) => bytes > 0);
        assert.equal(sent?.scalability, "L3T3_KEY");
        assert.equal((await room.trackOf("anna"))?.mimeType.toLowerCase(), `video/${codec}`);
      });
      await bert.seesHeight("anna/camera", 544);
      await bert.call("setQuality", "anna", "camera", "LOW");
      await bert.seesHeight("anna/camera", 136);
      await bert.sees("anna/camera", red);
      await bert.call("setQuality", "anna", "camera", "HIGH");
      await bert.seesHeight("anna/camera", 544);
      await bert.call("setQuality", "anna", "camera", "MEDIUM");
      await bert.seesHeight("anna/camera", 272);
      await bert.sees("anna/camera", red);
      await bert.call("setDimensions", "anna", "camera", 960, 544);
      await bert.seesHeight("anna/camera", 544);
      await bert.sees("anna/camera", red);
    });

    it(
      `${codec} is published as simulcast, an encoding for each size, and forwarded in the one that is asked for`,
      simulcast,
      async () => {
        const anna = await room.person("anna");
        await anna.call("takeServerFor", "1.13.7");
        const encodings = { simulcast: true, scalabilityMode: "L1T3", backupCodec: false };
        await anna.show(red, { codec, width: 960, height: 540, ...encodings });
        const bert = await room.person("bert");
        await bert.sees("anna/camera", red);
        await eventually(async () => {
          assert.equal((await received(bert))?.toLowerCase(), `video/${codec}`);
          const sent = (await coding(anna, "out", "video")).filter(({ bytes }) => bytes > 0);
          const modes = sent.map(({ rid, scalability }) => `${rid} ${scalability}`);
          assert.deepEqual(modes.sort(), ["f L1T3", "h L1T3", "q L1T3"]);
          const track = await room.trackOf("anna");
          assert.equal(track?.mimeType.toLowerCase(), `video/${codec}`);
          assert.equal(track?.codecs[0]?.videoLayerMode, VideoLayer_Mode.ONE_SPATIAL_LAYER_PER_STREAM);
        });
        for (const [quality, height] of [
          ["HIGH", 540],
          ["LOW", 180],
          ["MEDIUM", 360],
          ["HIGH", 540],
        ] as const) {
          await bert.call("setQuality", "anna", "camera", quality);
          await bert.seesHeight("anna/camera", height);
          await bert.moves("anna/camera");
          await bert.sees("anna/camera", red);
        }
      },
    );

    it(`a screen in ${codec} is shared in one spatial layer`, async () => {
      const anna = await room.person("anna");
      const bert = await room.person("bert");
      await anna.show(blue, { codec, source: "screen_share" });
      await bert.sees("anna/screen_share", blue);
      await eventually(async () => {
        const [sent] = (await coding(anna, "out", "video")).filter(({ bytes }) => bytes > 0);
        assert.equal(sent?.scalability, "L1T3");
      });
      await bert.seesHeight("anna/screen_share", 360);
    });
  }

  const sending = async (one: Person) =>
    (await coding(one, "out", "video"))
      .filter(({ active }) => active)
      .map(({ rid }) => rid)
      .sort()
      .join("");

  it("layers that nobody looks at are not encoded, and come back when somebody does", async () => {
    const anna = await room.person("anna", { options: { dynacast: true } });
    await anna.show(red, { width: 1280, height: 720, simulcast: true });
    const bert = await room.person("bert");
    await bert.seesHeight("anna/camera", 720);
    await bert.call("setQuality", "anna", "camera", "LOW");
    await until("the lowest layer alone", async () => (await sending(anna)) === "q");
    await bert.seesHeight("anna/camera", 180);
    await bert.call("setQuality", "anna", "camera", "HIGH");
    await until("all layers", async () => (await sending(anna)) === "fhq");
    await bert.seesHeight("anna/camera", 720);
    await bert.call("setSubscribed", "anna", "camera", false);
    await until("no layer", async () => (await sending(anna)) === "");
    await bert.call("setSubscribed", "anna", "camera", true);
    await bert.sees("anna/camera", red);
  });

  it("H.264 goes between those who list it as Safari does, higher profiles first, and those who do not", async () => {
    const anna = await room.person("anna");
    const bert = await room.page();
    await bert.call("offerAsSafari");
    await room.enter(bert, "bert");
    const published: Showing = { codec: "h264", backupCodec: false, width: 1280, height: 720, simulcast: true };
    await anna.show(red, published);
    await bert.show(blue, published);
    await Promise.all([anna.sees("bert/camera", blue), bert.sees("anna/camera", red)]);
    for (const one of [anna, bert])
      await eventually(async () => {
        const all = [...(await coding(one, "in", "video")), ...(await coding(one, "out", "video"))];
        const coded = all.filter(({ frames }) => frames > 0);
        assert.ok(coded.some(({ direction }) => direction === "in"));
        assert.ok(coded.some(({ direction }) => direction === "out"));
        for (const { codec, fmtp } of coded) {
          assert.equal(codec, "video/H264");
          assert.match(fmtp ?? "", /packetization-mode=1;profile-level-id=42/);
        }
      });
  });

  it("who can decode nothing of a track hears so, and goes on with the others", async () => {
    const anna = await room.person("anna");
    const bert = await room.page();
    await bert.call("cannotDecode", "video/H264");
    await room.enter(bert, "bert");
    const sid = await anna.show(red, { codec: "h264", backupCodec: false });
    // SubscriptionError.SE_CODEC_UNSUPPORTED
    await bert.happened("subscriptionFailed", { sid, identity: "anna", reason: 1 });
    await anna.show(blue, { source: "screen_share" });
    await bert.sees("anna/screen_share", blue);
  });

  it("who cannot decode a codec gets the publisher's backup", async () => {
    const anna = await room.person("anna", { options: { dynacast: true } });
    await anna.show(red, { codec: "av1" });
    const carl = await room.person("carl");
    await carl.sees("anna/camera", red);
    const bert = await room.page();
    await bert.call("cannotDecode", "video/AV1");
    await room.enter(bert, "bert");
    await bert.sees("anna/camera", red);
    await eventually(async () => assert.equal((await received(bert))?.toLowerCase(), "video/vp8"));
    await carl.moves("anna/camera");
    if (room.server.own) await eventually(async () => assert.equal((await received(carl))?.toLowerCase(), "video/av1"));
  });
});
