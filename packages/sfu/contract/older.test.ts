import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Browsing, type Person, startBrowsing } from "./kit/browser.ts";
import { cuttableWay } from "./kit/cuttable.ts";
import { type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { until } from "./kit/wait.ts";

const red = [230, 30, 30] as const;
const blue = [30, 30, 230] as const;
const css = (colour: readonly number[]) => `rgb(${colour.join(",")})`;

/** The clients of November 2025 and of September 2024: two peer connections, over `/rtc`. */
for (const client of ["livekit-client-2.15", "livekit-client-2.5"])
  describe(`${client} holds a call`, { timeout: 600_000 }, () => {
    let server: ServerUnderTest;
    let older: Browsing;
    let newer: Browsing;
    let count = 0;
    let room = "";

    before(async () => {
      [server, older, newer] = await Promise.all([serverUnderTest(), startBrowsing(client), startBrowsing()]);
    });
    after(async () => {
      await Promise.all([server.stop(), older.stop(), newer.stop()]);
    });

    const person = async (identity: string, { by = older, url = server.url, grant = {} } = {}): Promise<Person> => {
      const opened = await by.open();
      await opened.join(url, await server.ticket(identity, { room, ...grant }));
      return opened;
    };
    const newRoom = () => {
      room = `${client}-${++count}`;
    };

    it("with itself and with the client of today, in picture and sound", async () => {
      newRoom();
      const anna = await person("anna");
      await anna.call("publishColour", css(red));
      await anna.call("publishTone", 440);
      const bert = await person("bert", { by: newer });
      await bert.call("publishColour", css(blue));
      await bert.call("publishTone", 990);
      const carl = await person("carl");
      await Promise.all([
        bert.sees("anna/camera", red),
        bert.hears("anna/microphone", 440),
        ...[anna, carl].flatMap((one) => [one.sees("bert/camera", blue), one.hears("bert/microphone", 990)]),
        carl.sees("anna/camera", red),
        carl.hears("anna/microphone", 440),
      ]);
    });

    it("while tracks come and go in the same sections", async () => {
      newRoom();
      const anna = await person("anna");
      const bert = await person("bert");
      for (const colour of [red, blue, red]) {
        await anna.call("publishColour", css(colour));
        await bert.sees("anna/camera", colour);
        await anna.call("unpublish", "camera");
        await until("camera gone", async () => {
          const [other] = await bert.call<{ sources: string[] }[]>("others");
          return other?.sources.length === 0;
        });
      }
    });

    it("and has the connection it publishes by before it publishes, where it may", async () => {
      newRoom();
      const anna = await person("anna");
      const listener = await person("listener", { grant: { canPublish: false } });
      await until("the publishing connection", async () => (await anna.call("publishing")) === "connected");
      assert.equal(await listener.call("publishing"), "new");
      await anna.call("publishColour", css(red));
      await listener.sees("anna/camera", red);
    });

    it("alone, without a right to publish, and without one to subscribe", async () => {
      newRoom();
      const listener = await person("listener", { grant: { canPublish: false } });
      const blind = await person("blind", { grant: { canSubscribe: false } });
      await blind.call("publishColour", css(red));
      await listener.sees("blind/camera", red);
      assert.equal(await blind.call("state"), "connected");
    });

    it("through a lost socket, with the same sid, and what was published meanwhile comes after it", async () => {
      newRoom();
      const way = await cuttableWay(Number(new URL(server.http).port));
      const anna = await person("anna", { url: `ws://127.0.0.1:${way.port}` });
      const bert = await person("bert");
      await anna.call("publishColour", css(red));
      await bert.sees("anna/camera", red);
      const sid = await anna.call("sid");
      const ufrag = await anna.call("serverUfrag");
      way.cut();
      await anna.happened("signalReconnecting");
      const { frames } = (await bert.picture("anna/camera")) ?? { frames: 0 };
      await bert.call("publishColour", css(blue));
      await until(
        "frames without a socket",
        async () => ((await bert.picture("anna/camera"))?.frames ?? 0) > frames + 8,
      );
      way.mend();
      await anna.happened("reconnected");
      assert.equal(await anna.call("sid"), sid);
      await until("ICE is restarted", async () => (await anna.call("serverUfrag")) !== ufrag);
      await anna.sees("bert/camera", blue);
      await anna.call("publishTone", 440);
      await bert.hears("anna/microphone", 440);
      await way.stop();
    });
  });
