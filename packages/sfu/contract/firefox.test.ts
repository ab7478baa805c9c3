import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { blue, red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { own } from "./kit/server.ts";

describe("stock livekit-client in Firefox", patience, () => {
  const room = roomForEach("firefox", { client: "firefox" });

  for (const [name, client] of [
    ["Firefox", "firefox"],
    ["Chromium", "livekit-client"],
  ] as const)
    it(`sees and hears somebody in ${name}, and is seen and heard, whoever came first`, async () => {
      const anna = await room.person("anna");
      await anna.show(red);
      await anna.sing(440);
      const bert = await room.person("bert", { client });
      await bert.show(blue);
      await bert.sing(990);
      await Promise.all([
        bert.sees("anna/camera", red),
        bert.hears("anna/microphone", 440),
        anna.sees("bert/camera", blue),
        anna.hears("bert/microphone", 990),
      ]);
      const carla = await room.person("carla");
      await Promise.all([
        carla.sees("anna/camera", red),
        carla.hears("anna/microphone", 440),
        carla.sees("bert/camera", blue),
        carla.hears("bert/microphone", 990),
      ]);
    });

  it(
    "sends simulcast, and is given the size it asks for",
    own("LiveKit leaves Firefox with the lowest layer on a machine as busy as that of tests"),
    async () => {
      const anna = await room.person("anna");
      await anna.show(red, { width: 1280, height: 720, simulcast: true });
      const bert = await room.person("bert");
      // The lowest layer of 720 lines has 180, or fewer.
      const isLow = (height: number) => height > 0 && height <= 180;
      const isHigher = (height: number) => height > 180;
      await bert.seesHeight("anna/camera", isHigher);
      await bert.call("setQuality", "anna", "camera", "LOW");
      await bert.seesHeight("anna/camera", isLow);
      await bert.call("setQuality", "anna", "camera", "HIGH");
      await bert.seesHeight("anna/camera", isHigher);
    },
  );

  it("mutes, unpublishes and publishes again", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    for (const colour of [red, blue]) {
      await anna.show(colour);
      await anna.sing(440);
      await bert.sees("anna/camera", colour);
      await bert.hears("anna/microphone", 440);
      await anna.call("setMuted", "microphone", true);
      await bert.happened("trackMuted", { identity: "anna", source: "microphone" });
      await anna.call("setMuted", "microphone", false);
      await bert.hears("anna/microphone", 440);
      for (const source of ["camera", "microphone"]) await anna.call("unpublish", source);
      await bert.knowsTracks("anna");
    }
  });

  it("resumes after a lost socket with the same sid", async () => {
    const way = await room.cuttableWay();
    const anna = await room.person("anna", { url: way.url });
    const bert = await room.person("bert", { client: "livekit-client" });
    await anna.show(red);
    await bert.sees("anna/camera", red);
    const sid = await anna.call("sid");
    way.cut();
    await anna.happened("signalReconnecting");
    way.mend();
    await anna.happened("reconnected");
    assert.equal(await anna.call("sid"), sid);
    await bert.sing(990);
    await anna.hears("bert/microphone", 990);
  });
});
