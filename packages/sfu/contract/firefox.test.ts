import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Browsing, type Person, startBrowsing } from "./kit/browser.ts";
import { cuttableWay } from "./kit/cuttable.ts";
import { own, type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { until } from "./kit/wait.ts";

const red = [230, 30, 30] as const;
const blue = [30, 30, 230] as const;
const css = (colour: readonly number[]) => `rgb(${colour.join(",")})`;

describe("stock livekit-client in Firefox", { timeout: 600_000 }, () => {
  let server: ServerUnderTest;
  let firefox: Browsing;
  let chromium: Browsing;
  let count = 0;
  let room = "";

  before(async () => {
    [server, firefox, chromium] = await Promise.all([
      serverUnderTest(),
      startBrowsing("livekit-client", { browser: "firefox" }),
      startBrowsing(),
    ]);
  });
  after(async () => {
    await Promise.all([server.stop(), firefox.stop(), chromium.stop()]);
  });

  const newRoom = () => {
    room = `firefox-${++count}`;
  };
  const person = async (browsing: Browsing, identity: string, url = server.url): Promise<Person> => {
    const opened = await browsing.open();
    await opened.join(url, await server.ticket(identity, { room }));
    return opened;
  };

  for (const [with_, other] of [
    ["Firefox", () => firefox],
    ["Chromium", () => chromium],
  ] as const)
    it(`sees and hears somebody in ${with_}, and is seen and heard, whoever came first`, async () => {
      newRoom();
      const anna = await person(firefox, "anna");
      await anna.call("publishColour", css(red));
      await anna.call("publishTone", 440);
      const bert = await person(other(), "bert");
      await bert.call("publishColour", css(blue));
      await bert.call("publishTone", 990);
      await Promise.all([
        bert.sees("anna/camera", red),
        bert.hears("anna/microphone", 440),
        anna.sees("bert/camera", blue),
        anna.hears("bert/microphone", 990),
      ]);
      const carla = await person(firefox, "carla");
      await Promise.all([
        carla.sees("anna/camera", red),
        carla.hears("anna/microphone", 440),
        carla.sees("bert/camera", blue),
        carla.hears("bert/microphone", 990),
      ]);
      await Promise.all([anna.page.close(), bert.page.close(), carla.page.close()]);
    });

  it(
    "sends simulcast, and is given the size it asks for",
    own("LiveKit leaves Firefox with the lowest layer on a machine as busy as that of tests"),
    async () => {
      newRoom();
      const anna = await person(firefox, "anna");
      await anna.call("publishColour", css(red), { width: 1280, height: 720, simulcast: true });
      const bert = await person(firefox, "bert");
      const height = (what: string, is: (height: number) => boolean) =>
        until(`a picture ${what} high`, async () => is((await bert.picture("anna/camera"))?.height ?? 0), 120_000);
      await height("more than 180", (now) => now > 180);
      await bert.call("setQuality", "anna", "camera", "LOW");
      await height("180 or less", (now) => now > 0 && now <= 180);
      await bert.call("setQuality", "anna", "camera", "HIGH");
      await height("more than 180", (now) => now > 180);
      await Promise.all([anna.page.close(), bert.page.close()]);
    },
  );

  it("mutes, unpublishes and publishes again", async () => {
    newRoom();
    const anna = await person(firefox, "anna");
    const bert = await person(firefox, "bert");
    for (const colour of [red, blue]) {
      await anna.call("publishColour", css(colour));
      await anna.call("publishTone", 440);
      await bert.sees("anna/camera", colour);
      await bert.hears("anna/microphone", 440);
      await anna.call("setMuted", "microphone", true);
      await bert.happened("trackMuted", { identity: "anna", source: "microphone" });
      await anna.call("setMuted", "microphone", false);
      await bert.hears("anna/microphone", 440);
      for (const source of ["camera", "microphone"]) await anna.call("unpublish", source);
      await until("nothing is published", async () => {
        const [other] = await bert.call<{ sources: string[] }[]>("others");
        return other?.sources.length === 0;
      });
    }
    await Promise.all([anna.page.close(), bert.page.close()]);
  });

  it("resumes after a lost socket with the same sid", async () => {
    newRoom();
    const way = await cuttableWay(Number(new URL(server.http).port));
    const anna = await person(firefox, "anna", `ws://127.0.0.1:${way.port}`);
    const bert = await person(chromium, "bert");
    await anna.call("publishColour", css(red));
    await bert.sees("anna/camera", red);
    const sid = await anna.call("sid");
    way.cut();
    await anna.happened("signalReconnecting");
    way.mend();
    await anna.happened("reconnected");
    assert.equal(await anna.call("sid"), sid);
    await bert.call("publishTone", 990);
    await anna.hears("bert/microphone", 990);
    await Promise.all([anna.page.close(), bert.page.close()]);
    await way.stop();
  });
});
