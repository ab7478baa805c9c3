import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Person, red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { own } from "./kit/server.ts";
import { until } from "./kit/wait.ts";

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
  describe(`publishers, subscribers and speakers by ${client}`, patience, () => {
    const room = roomForEach(`${client}-permissions`, { client });

    it("a publisher says who may receive its tracks, those to come too, and may change its mind", async () => {
      const anna = await room.person("anna");
      const bert = await room.person("bert");
      const carl = await room.person("carl");
      await anna.show(red);
      await Promise.all([bert.sees("anna/camera", red), carl.sees("anna/camera", red)]);
      await anna.call("permit", ["carl"]);
      await bert.happened("permissionChanged", { identity: "anna", source: "camera", status: "not_allowed" });
      await bert.happened("trackUnsubscribed", { identity: "anna", source: "camera" });
      await anna.sing(440);
      await carl.hears("anna/microphone", 440);
      await bert.happened("permissionChanged", { identity: "anna", source: "microphone", status: "not_allowed" });
      await carl.moves("anna/camera");
      // Who comes later gets nothing either, and nothing by asking.
      const dora = await room.person("dora");
      await until("dora knows of both", async () => (await dora.sourcesOf("anna"))?.length === 2);
      for (const source of ["camera", "microphone"]) {
        await dora.call("setSubscribed", "anna", source, false);
        await dora.call("setSubscribed", "anna", source, true);
      }
      await carl.moves("anna/camera");
      for (const one of [bert, dora]) {
        const subscribed = await one.noted<{ source: string }>("trackSubscribed");
        assert.ok(!subscribed.some(({ source }) => source === "microphone"));
      }
      assert.equal(await dora.picture("anna/camera"), null);
      await anna.call("permit", null);
      await Promise.all([bert.hears("anna/microphone", 440), dora.hears("anna/microphone", 440)]);
      await Promise.all([bert.moves("anna/camera"), dora.moves("anna/camera")]);
    });

    it("who comes in where a publisher lets nobody have its tracks is told so", async () => {
      const anna = await room.person("anna");
      await anna.call("permit", []);
      await anna.show(red);
      const late = await room.person("late");
      const permission = () => late.call<string | null>("permission", "anna", "camera");
      await until("the permission is missing", async () => (await permission()) === "not_allowed");
    });

    it("a recorder has everything, whomever a publisher lets have it", async () => {
      const anna = await room.person("anna");
      const recorder = await room.person("recorder", { grant: { hidden: true, recorder: true } });
      await anna.call("permit", []);
      await anna.sing(440);
      await recorder.hears("anna/microphone", 440);
      await anna.call("permit", []);
      await anna.show(red);
      await recorder.sees("anna/camera", red);
      await recorder.hears("anna/microphone", 440);
    });

    it("a publisher hears that somebody receives its track", async () => {
      const anna = await room.person("anna");
      await anna.show(red);
      const shy = await room.person("shy", { options: { autoSubscribe: false } });
      assert.deepEqual(await anna.noted("localTrackSubscribed"), []);
      await shy.knowsTracks("anna", "camera");
      await shy.call("setSubscribed", "anna", "camera", true);
      await shy.sees("anna/camera", red);
      await anna.happened("localTrackSubscribed");
    });

    it("who comes in while somebody speaks is told so", own("LiveKit tells it when it changes"), async () => {
      const anna = await room.person("anna");
      const bert = await room.person("bert");
      await anna.sing(440);
      const speaks = (who: Person) =>
        until("anna speaks", async () => (await who.call<string[]>("speaking")).includes("anna"));
      await speaks(bert);
      await speaks(await room.person("late"));
    });

    it("whose media ended unseen is told to come back, and is back", async () => {
      const anna = await room.person("anna");
      const bert = await room.person("bert");
      await anna.show(red);
      await bert.sees("anna/camera", red);
      await anna.call("breakMedia");
      await anna.happened("reconnected");
      await bert.sees("anna/camera", red);
      await bert.moves("anna/camera");
    });

    for (const [scenario, heard] of mishaps[client])
      it(`a call outlives ${scenario}`, async () => {
        const anna = await room.person("anna");
        const bert = await room.person("bert");
        await anna.show(red);
        await bert.sees("anna/camera", red);
        await anna.call("simulate", scenario);
        await anna.happened(heard);
        await anna.happened("reconnected");
        await bert.sees("anna/camera", red);
        await bert.moves("anna/camera");
      });
  });
