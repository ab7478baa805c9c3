import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { blue, red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { until } from "./kit/wait.ts";

/** The clients of November 2025 and of September 2024: two peer connections, over `/rtc`. */
for (const client of ["livekit-client-2.15", "livekit-client-2.5"] as const)
  describe(`${client} holds a call`, patience, () => {
    const room = roomForEach(client, { client });

    it("with itself and with the client of today, in picture and sound", async () => {
      const anna = await room.person("anna");
      await anna.show(red);
      await anna.sing(440);
      const bert = await room.person("bert", { client: "livekit-client" });
      await bert.show(blue);
      await bert.sing(990);
      const carl = await room.person("carl");
      await Promise.all([
        bert.sees("anna/camera", red),
        bert.hears("anna/microphone", 440),
        ...[anna, carl].flatMap((one) => [one.sees("bert/camera", blue), one.hears("bert/microphone", 990)]),
        carl.sees("anna/camera", red),
        carl.hears("anna/microphone", 440),
      ]);
    });

    it("while tracks come and go in the same sections", async () => {
      const anna = await room.person("anna");
      const bert = await room.person("bert");
      for (const colour of [red, blue, red]) {
        await anna.show(colour);
        await bert.sees("anna/camera", colour);
        await anna.call("unpublish", "camera");
        await bert.knowsTracks("anna");
      }
    });

    it("and has the connection it publishes by before it publishes, where it may", async () => {
      const anna = await room.person("anna");
      const listener = await room.person("listener", { grant: { canPublish: false } });
      await until("the publishing connection", async () => (await anna.call("publishing")) === "connected");
      assert.equal(await listener.call("publishing"), "new");
      await anna.show(red);
      await listener.sees("anna/camera", red);
    });

    it("alone, without a right to publish, and without one to subscribe", async () => {
      const listener = await room.person("listener", { grant: { canPublish: false } });
      const blind = await room.person("blind", { grant: { canSubscribe: false } });
      await blind.show(red);
      await listener.sees("blind/camera", red);
      assert.equal(await blind.call("state"), "connected");
    });

    it("through a lost socket, with the same sid, and what was published meanwhile comes after it", async () => {
      const way = await room.cuttableWay();
      const anna = await room.person("anna", { url: way.url });
      const bert = await room.person("bert");
      await anna.show(red);
      await bert.sees("anna/camera", red);
      const sid = await anna.call("sid");
      const ufrag = await anna.call("serverUfrag");
      way.cut();
      await anna.happened("signalReconnecting");
      await bert.show(blue);
      await bert.moves("anna/camera", 8);
      way.mend();
      await anna.happened("reconnected");
      assert.equal(await anna.call("sid"), sid);
      await until("ICE is restarted", async () => (await anna.call("serverUfrag")) !== ufrag);
      await anna.sees("bert/camera", blue);
      await anna.sing(440);
      await bert.hears("anna/microphone", 440);
    });
  });
