import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { VideoQuality } from "@livekit/protocol";
import { TrackSource } from "@livekit/rtc-node";
import { type Browsing, type Person, startBrowsing } from "./kit/browser.ts";
import { type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { endSynthetics, Synthetic } from "./kit/synthetic.ts";
import { eventually, until } from "./kit/wait.ts";

const red = [230, 30, 30] as const;
const blue = [30, 30, 230] as const;
const css = (colour: readonly number[]) => `rgb(${colour.join(",")})`;
const camera = TrackSource.SOURCE_CAMERA;
const microphone = TrackSource.SOURCE_MICROPHONE;

describe("media between stock clients", { timeout: 600_000 }, () => {
  let server: ServerUnderTest;
  let browsing: Browsing;
  let count = 0;
  let room = "";

  before(async () => {
    [server, browsing] = await Promise.all([serverUnderTest(), startBrowsing()]);
  });
  after(async () => {
    await Promise.all([server.stop(), browsing.stop(), endSynthetics()]);
  });

  const newRoom = () => {
    room = `media-${++count}`;
  };
  const person = async (identity: string, options: object = {}): Promise<Person> => {
    const opened = await browsing.open();
    await opened.join(server.url, await server.ticket(identity, { room }), options);
    return opened;
  };
  const synthetic = async (identity: string, options = {}): Promise<Synthetic> => {
    const joined = new Synthetic();
    await joined.join(server.url, await server.ticket(identity, { room }), options);
    return joined;
  };

  it("two browsers see each other's colour and hear each other's tone, encrypted", async () => {
    newRoom();
    const anna = await person("anna");
    await anna.call("publishColour", css(red));
    await anna.call("publishTone", 440);
    const bert = await person("bert");
    await bert.call("publishColour", css(blue));
    await bert.call("publishTone", 990);
    await Promise.all([
      bert.sees("anna/camera", red),
      bert.hears("anna/microphone", 440),
      anna.sees("bert/camera", blue),
      anna.hears("bert/microphone", 990),
    ]);
    const { cipher } = await anna.call<{ cipher: string }>("transport");
    assert.match(cipher, server.own ? /^SRTP_AEAD_AES_128_GCM$/ : /AES/);
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("browser and rtc-node see and hear each other", async () => {
    newRoom();
    const anna = await person("anna");
    await anna.call("publishColour", css(red));
    await anna.call("publishTone", 440);
    const node = await synthetic("node");
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
    await anna.page.close();
    await node.leave();
  });

  it("camera and microphone come in one stream, the screen in another", async () => {
    newRoom();
    await server.api.createRoom({ name: room, syncStreams: true });
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishColour", css(red));
    await anna.call("publishTone", 440);
    await anna.call("publishColour", css(blue), { source: "screen_share" });
    const sid = await anna.call<string>("sid");
    const ids = await until("three streams", async () => {
      const found = await bert.call<(string | null)[]>("streamIds");
      return found.length === 3 && found.every((id) => id !== null) && found;
    });
    assert.deepEqual([...ids].sort(), [`${sid}|camera`, `${sid}|camera`, `${sid}|screen`]);
    await bert.sees("anna/screen_share", blue);
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("simulcast is forwarded in the size the subscriber asks for", async () => {
    newRoom();
    const anna = await person("anna");
    await anna.call("publishColour", css(red), { width: 1280, height: 720, simulcast: true });
    const bert = await person("bert");
    const height = (wanted: number) =>
      until(`a picture ${wanted} high`, async () => (await bert.picture("anna/camera"))?.height === wanted, 120_000);
    await height(720);
    const { layers } = await anna.call<{ layers: string[] }>("transport");
    assert.deepEqual([...layers].sort(), ["f", "h", "q"]);
    const [track] = (await server.api.getParticipant(room, "anna")).tracks;
    const told = track?.codecs[0]?.layers.map(({ quality, spatialLayer, rid }) => [quality, spatialLayer, rid]);
    assert.deepEqual(told, [
      [VideoQuality.LOW, 0, "q"],
      [VideoQuality.MEDIUM, 1, "h"],
      [VideoQuality.HIGH, 2, "f"],
    ]);
    await bert.call("setQuality", "anna", "camera", "LOW");
    await height(180);
    await bert.call("setQuality", "anna", "camera", "MEDIUM");
    await height(360);
    await bert.call("setQuality", "anna", "camera", "HIGH");
    await height(720);
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("picture and sound come with the sender's clock, by which browsers keep them in step", async () => {
    newRoom();
    await server.api.createRoom({ name: room, syncStreams: true });
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishColour", css(red));
    await anna.call("publishTone", 440);
    // Both on the sender's NTP clock, from its sender reports as they were forwarded (ms).
    const apart = await until("both clocks", async () => {
      const clocks = await bert.call<number[]>("playoutClocks");
      return clocks.length === 2 && { ms: Math.abs((clocks[0] ?? 0) - (clocks[1] ?? 0)) };
    });
    // Without the sender's clock they would be apart by hours; a busy machine plays a little out of step.
    await until(`picture and sound are within 300 ms (first: ${apart.ms})`, async () => {
      const [first = 0, second = 1e9] = await bert.call<number[]>("playoutClocks");
      return Math.abs(first - second) < 300;
    });
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("H.264 is forwarded to those who publish it", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishColour", css(blue), { codec: "h264", simulcast: true, width: 1280, height: 720 });
    await bert.sees("anna/camera", blue);
    await eventually(async () => {
      const [track] = (await server.api.getParticipant(room, "anna")).tracks;
      assert.equal(track?.mimeType, "video/H264");
    });
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("what is muted is told to the others and not sent to them, and comes back", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishColour", css(red));
    await anna.call("publishTone", 440);
    await bert.sees("anna/camera", red);
    await bert.hears("anna/microphone", 440);
    for (const source of ["camera", "microphone"]) await anna.call("setMuted", source, true);
    for (const source of ["camera", "microphone"]) await bert.happened("trackMuted", { identity: "anna", source });
    const bytes = async () => (await bert.call<{ receivedBytes: number }>("transport")).receivedBytes;
    await until("silence on the wire", async () => {
      const first = await bytes();
      await new Promise((resolve) => setTimeout(resolve, 400));
      return (await bytes()) - first < 2000;
    });
    for (const source of ["camera", "microphone"]) await anna.call("setMuted", source, false);
    for (const source of ["camera", "microphone"]) await bert.happened("trackUnmuted", { identity: "anna", source });
    await bert.moves("anna/camera");
    await bert.hears("anna/microphone", 440);
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("a track that its subscriber switches off is not sent, and comes back with a picture", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishColour", css(red));
    await bert.sees("anna/camera", red);
    await bert.call("setEnabled", "anna", "camera", false);
    const bytes = async () => (await bert.call<{ receivedBytes: number }>("transport")).receivedBytes;
    await until("nothing on the wire", async () => {
      const first = await bytes();
      await new Promise((resolve) => setTimeout(resolve, 400));
      return (await bytes()) - first < 500;
    });
    await bert.call("setEnabled", "anna", "camera", true);
    await bert.moves("anna/camera");
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("tracks are unpublished and others published in their place, again and again", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    for (const colour of [red, blue, red, blue]) {
      await anna.call("publishColour", css(colour));
      await bert.sees("anna/camera", colour);
      await anna.call("unpublish", "camera");
      await until("camera gone", async () => {
        const [other] = await bert.call<{ sources: string[] }[]>("others");
        return other?.sources.length === 0;
      });
    }
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("who comes late gets all of six people, more than the first offer has room for", async () => {
    newRoom();
    const crowd = await Promise.all(
      Array.from({ length: 6 }, (_, index) => synthetic(`p${index}`, { autoSubscribe: false })),
    );
    await Promise.all(
      crowd.map(async (one, index) => {
        await one.show(60 + index * 20, 128, 128, { width: 160, height: 90 });
        await one.sing(300 + index * 100);
      }),
    );
    const late = await person("late");
    for (const index of crowd.keys()) await late.hears(`p${index}/microphone`, 300 + index * 100);
    for (const index of crowd.keys())
      await until(`picture of p${index}`, async () => ((await late.picture(`p${index}/camera`))?.frames ?? 0) > 2);
    await Promise.all([late.page.close(), ...crowd.map((one) => one.leave())]);
  });

  it("tells who speaks, and that they fell silent", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishTone", 440);
    await until("anna speaks", async () =>
      (await bert.call<{ kind: string; identities?: string[] }[]>("events")).some(
        (event) => event.kind === "speakers" && event.identities?.includes("anna"),
      ),
    );
    await anna.call("setMuted", "microphone", true);
    await until("nobody speaks", async () => {
      const said = (await bert.call<{ kind: string; identities?: string[] }[]>("events")).filter(
        (event) => event.kind === "speakers",
      );
      return said.at(-1)?.identities?.length === 0;
    });
    await Promise.all([anna.page.close(), bert.page.close()]);
  });
});
