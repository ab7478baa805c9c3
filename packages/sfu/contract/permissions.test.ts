import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Browsing, type Person, startBrowsing } from "./kit/browser.ts";
import { own, type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { until } from "./kit/wait.ts";

const red = [230, 30, 30] as const;
const css = (colour: readonly number[]) => `rgb(${colour.join(",")})`;

/** Mishaps, divided between the two: each shows another way back. */
const mishaps = {
  "livekit-client": [
    ["signal-reconnect", "signalReconnecting"],
    ["disconnect-signal-on-resume", "signalReconnecting"],
    ["node-failure", "reconnecting"],
  ],
  "livekit-client-2.5": [
    ["resume-reconnect", "reconnecting"],
    ["full-reconnect", "reconnecting"],
  ],
} as const;

for (const client of ["livekit-client", "livekit-client-2.5"] as const)
  describe(`publishers, subscribers and speakers by ${client}`, { timeout: 600_000 }, () => {
    let server: ServerUnderTest;
    let browsing: Browsing;
    let count = 0;
    let room = "";

    before(async () => {
      [server, browsing] = await Promise.all([serverUnderTest(), startBrowsing(client)]);
    });
    after(async () => {
      await Promise.all([server.stop(), browsing.stop()]);
    });

    const newRoom = () => {
      room = `${client}-permissions-${++count}`;
    };
    const person = async (identity: string, options: object = {}): Promise<Person> => {
      const opened = await browsing.open();
      await opened.join(server.url, await server.ticket(identity, { room }), options);
      return opened;
    };
    const frames = async (who: Person) => (await who.picture("anna/camera"))?.frames ?? 0;
    /** New frames come. */
    const moves = async (who: Person) => {
      const before = await frames(who);
      await until("new frames", async () => (await frames(who)) > before + 5);
    };

    it("a publisher says who may receive its tracks, those to come too, and may change its mind", async () => {
      newRoom();
      const anna = await person("anna");
      const bert = await person("bert");
      const carl = await person("carl");
      await anna.call("publishColour", css(red));
      await Promise.all([bert.sees("anna/camera", red), carl.sees("anna/camera", red)]);
      await anna.call("permit", ["carl"]);
      await bert.happened("permissionChanged", { identity: "anna", source: "camera", status: "not_allowed" });
      await bert.happened("trackUnsubscribed", { identity: "anna", source: "camera" });
      await anna.call("publishTone", 440);
      await carl.hears("anna/microphone", 440);
      await bert.happened("permissionChanged", { identity: "anna", source: "microphone", status: "not_allowed" });
      await moves(carl);
      // Who comes later gets nothing either, and nothing by asking.
      const dora = await person("dora");
      await until("dora knows of both", async () => {
        const others = await dora.call<{ identity: string; sources: string[] }[]>("others");
        return others.find(({ identity }) => identity === "anna")?.sources.length === 2;
      });
      for (const source of ["camera", "microphone"]) {
        await dora.call("setSubscribed", "anna", source, false);
        await dora.call("setSubscribed", "anna", source, true);
      }
      await moves(carl);
      for (const one of [bert, dora]) {
        const subscribed = await one.call<{ kind: string; source: string }[]>("events");
        assert.ok(!subscribed.some(({ kind, source }) => kind === "trackSubscribed" && source === "microphone"));
      }
      assert.equal(await dora.picture("anna/camera"), null);
      await anna.call("permit", null);
      await Promise.all([bert.hears("anna/microphone", 440), dora.hears("anna/microphone", 440)]);
      await Promise.all([moves(bert), moves(dora)]);
      await Promise.all([anna, bert, carl, dora].map((one) => one.page.close()));
    });

    it("who comes in where a publisher lets nobody have its tracks is told so", async () => {
      newRoom();
      const anna = await person("anna");
      await anna.call("permit", []);
      await anna.call("publishColour", css(red));
      const late = await person("late");
      const permission = () => late.call<string | null>("permission", "anna", "camera");
      await until("the permission is missing", async () => (await permission()) === "not_allowed");
      await Promise.all([anna.page.close(), late.page.close()]);
    });

    it("a publisher hears that somebody receives its track", async () => {
      newRoom();
      const anna = await person("anna");
      await anna.call("publishColour", css(red));
      const shy = await person("shy", { autoSubscribe: false });
      const told = async () =>
        (await anna.call<{ kind: string }[]>("events")).some(({ kind }) => kind === "localTrackSubscribed");
      assert.equal(await told(), false);
      await until("the track is known", async () => {
        const [other] = await shy.call<{ sources: string[] }[]>("others");
        return other?.sources.includes("camera");
      });
      await shy.call("setSubscribed", "anna", "camera", true);
      await shy.sees("anna/camera", red);
      await until("anna is told", told);
      await Promise.all([anna.page.close(), shy.page.close()]);
    });

    it("who comes in while somebody speaks is told so", own("LiveKit tells it when it changes"), async () => {
      newRoom();
      const anna = await person("anna");
      const bert = await person("bert");
      await anna.call("publishTone", 440);
      const speaks = (who: Person) =>
        until("anna speaks", async () => (await who.call<string[]>("speaking")).includes("anna"));
      await speaks(bert);
      await speaks(await person("late"));
    });

    it("whose media ended unseen is told to come back, and is back", async () => {
      newRoom();
      const anna = await person("anna");
      const bert = await person("bert");
      await anna.call("publishColour", css(red));
      await bert.sees("anna/camera", red);
      await anna.call("breakMedia");
      await anna.happened("reconnected");
      await bert.sees("anna/camera", red);
      await moves(bert);
      await Promise.all([anna.page.close(), bert.page.close()]);
    });

    for (const [scenario, heard] of mishaps[client])
      it(`a call outlives ${scenario}`, async () => {
        newRoom();
        const anna = await person("anna");
        const bert = await person("bert");
        await anna.call("publishColour", css(red));
        await bert.sees("anna/camera", red);
        await anna.call("simulate", scenario);
        await anna.happened(heard);
        await anna.happened("reconnected");
        await bert.sees("anna/camera", red);
        await moves(bert);
        await Promise.all([anna.page.close(), bert.page.close()]);
      });
  });
