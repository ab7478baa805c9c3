import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { VideoLayer_Mode } from "@livekit/protocol";
import { type Browsing, type Person, startBrowsing } from "./kit/browser.ts";
import { own, type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { eventually, until } from "./kit/wait.ts";

const red = [230, 30, 30] as const;
const blue = [30, 30, 230] as const;
const css = (colour: readonly number[]) => `rgb(${colour.join(",")})`;

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

describe("codecs between stock clients", { timeout: 600_000 }, () => {
  let server: ServerUnderTest;
  let browsing: Browsing;
  let count = 0;
  let room = "";

  before(async () => {
    [server, browsing] = await Promise.all([serverUnderTest(), startBrowsing()]);
  });
  after(async () => {
    await Promise.all([server.stop(), browsing.stop()]);
  });

  const newRoom = () => {
    room = `codecs-${++count}`;
  };
  const person = async (identity: string, options: object = {}): Promise<Person> => {
    const opened = await browsing.open();
    await opened.join(server.url, await server.ticket(identity, { room }), options);
    return opened;
  };
  const coding = (one: Person, direction: Coding["direction"], kind: Coding["kind"]) =>
    one
      .call<Coding[]>("coding")
      .then((all) => all.filter((entry) => entry.direction === direction && entry.kind === kind && entry.codec));
  const received = async (one: Person) => (await coding(one, "in", "video")).find(({ frames }) => frames > 0)?.codec;
  /** Waits for a picture of this height; long, because a busy encoder begins low. */
  const isHigh = (one: Person, key: string, height: number) =>
    until(`a picture ${height} high`, async () => (await one.picture(key))?.height === height, 120_000);

  const simulcast = own("LiveKit takes VP9 and AV1 as simulcast from 1.13.7 on");
  for (const codec of ["vp9", "av1"]) {
    it(`${codec} is published with three spatial layers in one stream and forwarded in the size that is asked for`, async () => {
      newRoom();
      const anna = await person("anna");
      await anna.call("publishColour", css(red), { codec, width: 960, height: 544 });
      const bert = await person("bert");
      await bert.sees("anna/camera", red);
      await eventually(async () => {
        assert.equal((await received(bert))?.toLowerCase(), `video/${codec}`);
        const [sent] = (await coding(anna, "out", "video")).filter(({ bytes }) => bytes > 0);
        assert.equal(sent?.scalability, "L3T3_KEY");
        const [track] = (await server.api.getParticipant(room, "anna")).tracks;
        assert.equal(track?.mimeType.toLowerCase(), `video/${codec}`);
      });
      await isHigh(bert, "anna/camera", 544);
      await bert.call("setQuality", "anna", "camera", "LOW");
      await isHigh(bert, "anna/camera", 136);
      await bert.sees("anna/camera", red);
      await bert.call("setQuality", "anna", "camera", "HIGH");
      await isHigh(bert, "anna/camera", 544);
      await bert.call("setQuality", "anna", "camera", "MEDIUM");
      await isHigh(bert, "anna/camera", 272);
      await bert.sees("anna/camera", red);
      await bert.call("setDimensions", "anna", "camera", 960, 544);
      await isHigh(bert, "anna/camera", 544);
      await bert.sees("anna/camera", red);
      await Promise.all([anna.page.close(), bert.page.close()]);
    });

    it(
      `${codec} is published as simulcast, an encoding for each size, and forwarded in the one that is asked for`,
      simulcast,
      async () => {
        newRoom();
        const anna = await person("anna");
        await anna.call("takeServerFor", "1.13.7");
        const encodings = { simulcast: true, scalabilityMode: "L1T3", backupCodec: false };
        await anna.call("publishColour", css(red), { codec, width: 960, height: 540, ...encodings });
        const bert = await person("bert");
        await bert.sees("anna/camera", red);
        await eventually(async () => {
          assert.equal((await received(bert))?.toLowerCase(), `video/${codec}`);
          const sent = (await coding(anna, "out", "video")).filter(({ bytes }) => bytes > 0);
          const modes = sent.map(({ rid, scalability }) => `${rid} ${scalability}`);
          assert.deepEqual(modes.sort(), ["f L1T3", "h L1T3", "q L1T3"]);
          const [track] = (await server.api.getParticipant(room, "anna")).tracks;
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
          await isHigh(bert, "anna/camera", height);
          await bert.moves("anna/camera");
          await bert.sees("anna/camera", red);
        }
        await Promise.all([anna.page.close(), bert.page.close()]);
      },
    );

    it(`a screen in ${codec} is shared in one spatial layer`, async () => {
      newRoom();
      const anna = await person("anna");
      const bert = await person("bert");
      await anna.call("publishColour", css(blue), { codec, source: "screen_share" });
      await bert.sees("anna/screen_share", blue);
      await eventually(async () => {
        const [sent] = (await coding(anna, "out", "video")).filter(({ bytes }) => bytes > 0);
        assert.equal(sent?.scalability, "L1T3");
      });
      await isHigh(bert, "anna/screen_share", 360);
      await Promise.all([anna.page.close(), bert.page.close()]);
    });
  }

  const sending = async (one: Person) =>
    (await coding(one, "out", "video"))
      .filter(({ active }) => active)
      .map(({ rid }) => rid)
      .sort()
      .join("");

  it("layers that nobody looks at are not encoded, and come back when somebody does", async () => {
    newRoom();
    const anna = await person("anna", { dynacast: true });
    await anna.call("publishColour", css(red), { width: 1280, height: 720, simulcast: true });
    const bert = await person("bert");
    await isHigh(bert, "anna/camera", 720);
    await bert.call("setQuality", "anna", "camera", "LOW");
    await until("the lowest layer alone", async () => (await sending(anna)) === "q");
    await isHigh(bert, "anna/camera", 180);
    await bert.call("setQuality", "anna", "camera", "HIGH");
    await until("all layers", async () => (await sending(anna)) === "fhq");
    await isHigh(bert, "anna/camera", 720);
    await bert.call("setSubscribed", "anna", "camera", false);
    await until("no layer", async () => (await sending(anna)) === "");
    await bert.call("setSubscribed", "anna", "camera", true);
    await bert.sees("anna/camera", red);
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("H.264 goes between those who list it as Safari does, higher profiles first, and those who do not", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await browsing.open();
    await bert.call("offerAsSafari");
    await bert.join(server.url, await server.ticket("bert", { room }));
    const published = { codec: "h264", backupCodec: false, width: 1280, height: 720, simulcast: true };
    await anna.call("publishColour", css(red), published);
    await bert.call("publishColour", css(blue), published);
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
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("who can decode nothing of a track hears so, and goes on with the others", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await browsing.open();
    await bert.call("cannotDecode", "video/H264");
    await bert.join(server.url, await server.ticket("bert", { room }));
    const sid = await anna.call("publishColour", css(red), { codec: "h264", backupCodec: false });
    // SubscriptionError.SE_CODEC_UNSUPPORTED
    await bert.happened("subscriptionFailed", { sid, identity: "anna", reason: 1 });
    await anna.call("publishColour", css(blue), { source: "screen_share" });
    await bert.sees("anna/screen_share", blue);
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("who cannot decode a codec gets the publisher's backup", async () => {
    newRoom();
    const anna = await person("anna", { dynacast: true });
    await anna.call("publishColour", css(red), { codec: "av1" });
    const carl = await person("carl");
    await carl.sees("anna/camera", red);
    const bert = await browsing.open();
    await bert.call("cannotDecode", "video/AV1");
    await bert.join(server.url, await server.ticket("bert", { room }));
    await bert.sees("anna/camera", red);
    await eventually(async () => assert.equal((await received(bert))?.toLowerCase(), "video/vp8"));
    await carl.moves("anna/camera");
    if (server.own) await eventually(async () => assert.equal((await received(carl))?.toLowerCase(), "video/av1"));
    await Promise.all([anna.page.close(), bert.page.close(), carl.page.close()]);
  });
});
