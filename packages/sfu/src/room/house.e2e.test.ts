import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { TrackSource } from "@livekit/rtc-node";
import { chamber } from "../../contract/kit/chamber.ts";
import { blue, type Person, red } from "../../contract/kit/person.ts";
import { patience, roomForEach } from "../../contract/kit/room.ts";
import type { Synthetic } from "../../contract/kit/synthetic.ts";

const secret = "the secret of one start of the house";

describe("in a house the chamber and the public hear and see the same", patience, () => {
  const room = roomForEach("house", { environment: { RAADHUIS_ADMISSION_SECRET: secret } });
  let url: string;
  before(async () => {
    const way = await chamber(Number(new URL(room.server.http).port), secret);
    room.atEnd(() => way.stop());
    url = way.url;
  });

  const broadcast = (): Promise<Synthetic> =>
    room.synthetic("egress", { grant: { hidden: true, recorder: true, canPublish: false, canSubscribe: true } });
  const heardAs = (identity: string) => `${identity}/${TrackSource.SOURCE_MICROPHONE}`;

  it("whomever a speaker's page names as those who may receive them", async () => {
    const [speaker, chair, friend] = await Promise.all(
      ["speaker", "chair", "friend"].map((identity) => room.person(identity, { url })),
    );
    assert.ok(speaker && chair && friend);
    const public_ = await broadcast();
    await speaker.call("permit", ["friend"]);
    await speaker.sing(440);
    await Promise.all([chair, friend].map((person) => person.hears("speaker/microphone", 440)));
    await public_.hears(heardAs("speaker"), 440);
    // Nor in the middle of a sentence.
    await speaker.call("permit", ["friend"]);
    await speaker.show(red);
    await chair.sees("speaker/camera", red);
    await chair.hears("speaker/microphone", 440);
    assert.deepEqual(await chair.noted("permissionChanged"), []);
  });

  it("whatever a speaker publishes beside what is published of the same source: the newest alone is there", async () => {
    const speaker = await room.person("speaker", { url });
    const chair = await room.person("chair", { url });
    const public_ = await broadcast();
    // A page that goes on sending what was ended.
    await speaker.call("defy");
    await speaker.sing(440);
    await speaker.show(red);
    await chair.hears("speaker/microphone", 440);
    await speaker.call("setMuted", "microphone", true);
    await speaker.sing(880);
    await speaker.show(blue);
    await chair.hears("speaker/microphone", 880);
    await public_.hears(heardAs("speaker"), 880);
    await chair.sees("speaker/camera", blue);
    await chair.knowsTracks("speaker", "microphone", "camera");
    const late: Person = await room.person("late", { url });
    await late.hears("speaker/microphone", 880);
    await late.knowsTracks("speaker", "microphone", "camera");
  });

  it("and a page that publishes anew before it ends what was there, or again after it, is heard", async () => {
    const speaker = await room.person("speaker", { url });
    const chair = await room.person("chair", { url });
    await speaker.sing(440);
    await chair.hears("speaker/microphone", 440);
    await speaker.sing(880);
    await chair.hears("speaker/microphone", 880);
    await speaker.happened("localTrackUnpublished", { source: "microphone" });
    assert.deepEqual(await speaker.call("published"), ["microphone"]);
    await speaker.call("unpublish", "microphone");
    await chair.knowsTracks("speaker");
    await speaker.sing(660);
    await chair.hears("speaker/microphone", 660);
    await chair.knowsTracks("speaker", "microphone");
    for (const colour of [red, blue]) await speaker.show(colour, { source: "screen_share" });
    await chair.sees("speaker/screen_share", blue);
    await chair.knowsTracks("speaker", "microphone", "screen_share");
    await chair.hears("speaker/microphone", 660);
  });
});
