import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { TrackSource } from "livekit-server-sdk";
import { red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { own } from "./kit/server.ts";
import { eventually, until } from "./kit/wait.ts";

describe("rights are enforced by the media server", patience, () => {
  const room = roomForEach("rights");

  /** Whether that worked within two seconds; for what must not work. */
  const works = (publishing: Promise<unknown>) =>
    Promise.race([
      publishing.then(
        () => true,
        () => false,
      ),
      pause(2000, false),
    ]);

  it("who may not publish is not seen, whatever the page does", async () => {
    const mute = await room.person("mute", { grant: { canPublish: false } });
    await mute.call("lie");
    const anna = await room.person("anna");
    assert.equal(await works(mute.show(red)), false);
    await anna.knowsTracks("mute");
  });

  it("only the sources of the ticket may be published", async () => {
    const voice = await room.person("voice", { grant: { canPublishSources: [TrackSource.MICROPHONE] } });
    await voice.call("lie");
    const anna = await room.person("anna");
    await voice.sing(440);
    assert.equal(await works(voice.show(red, { source: "screen_share" })), false);
    await anna.hears("voice/microphone", 440);
    await anna.knowsTracks("voice", "microphone");
  });

  it(
    "a picture that says it is a microphone is not one",
    own("LiveKit takes a track's source as it is told"),
    async () => {
      const voice = await room.person("voice", { grant: { canPublishSources: [TrackSource.MICROPHONE] } });
      await voice.call("lie");
      const anna = await room.person("anna");
      assert.equal(await works(voice.call("disguise", "red")), false);
      await anna.knowsTracks("voice");
    },
  );

  it("who may not subscribe sees that people are there, and nothing of them", async () => {
    const anna = await room.person("anna");
    await anna.show(red);
    const blind = await room.person("blind", { grant: { canSubscribe: false } });
    const seeing = await room.person("seeing");
    await seeing.sees("anna/camera", red);
    assert.equal(await blind.picture("anna/camera"), null);
    await blind.call("setSubscribed", "anna", "camera", true).catch(() => {});
    await seeing.sing(440);
    await anna.hears("seeing/microphone", 440);
    assert.equal(await blind.picture("anna/camera"), null);
  });

  it("a hidden participant sees all and is seen by nobody", async () => {
    const anna = await room.person("anna");
    await anna.show(red);
    const hidden = await room.person("hidden", { grant: { hidden: true, recorder: true, canPublish: false } });
    await hidden.sees("anna/camera", red);
    await until("anna knows that she is recorded", () => anna.call<boolean>("isRecording"));
    const bert = await room.person("bert");
    await bert.happened("trackSubscribed", { identity: "anna" });
    for (const one of [anna, bert]) assert.equal(await one.sourcesOf("hidden"), undefined);
  });

  it("taking the right to publish away ends the track at once, and giving it back lets it begin anew", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.show(red);
    await anna.sing(440);
    await bert.sees("anna/camera", red);
    await bert.hears("anna/microphone", 440);
    await room.api.updateParticipant(room.name, "anna", {
      permission: { canPublish: true, canSubscribe: true, canPublishSources: [TrackSource.MICROPHONE] },
    });
    await bert.happened("trackUnsubscribed", { identity: "anna", source: "camera" });
    await until(
      "camera gone with its owner too",
      async () => !(await anna.call<string[]>("published")).includes("camera"),
    );
    await bert.knowsTracks("anna", "microphone");
    await bert.hears("anna/microphone", 440);
    await room.api.updateParticipant(room.name, "anna", { permission: { canPublish: true, canSubscribe: true } });
    // Until the right has arrived, the client refuses by itself.
    await eventually(async () => void (await anna.show(red)));
    await until("camera again", async () => (await bert.sourcesOf("anna"))?.includes("camera"));
    await bert.moves("anna/camera");
  });

  it("taking the right to subscribe away ends what is received", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.show(red);
    await bert.sees("anna/camera", red);
    await room.api.updateParticipant(room.name, "bert", { permission: { canPublish: true, canSubscribe: false } });
    await bert.receivesNothing();
    await room.api.updateParticipant(room.name, "bert", { permission: { canPublish: true, canSubscribe: true } });
    await bert.moves("anna/camera");
  });

  it("names, metadata and attributes of the ticket are seen by the others", async () => {
    const anna = await room.person("anna");
    await room.person("bert", { name: "Bert <b>Bakker</b>", metadata: "member", attributes: { party: "X" } });
    const [bert] = await until("bert", async () => {
      const others = await anna.call<{ name: string; metadata: string; attributes: object }[]>("others");
      return others.length === 1 && others;
    });
    assert.equal(bert?.name, "Bert <b>Bakker</b>");
    assert.equal(bert?.metadata, "member");
    assert.deepEqual(bert?.attributes, { party: "X" });
  });
});
