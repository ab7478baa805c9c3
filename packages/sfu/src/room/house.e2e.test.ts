import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { TrackSource } from "@livekit/rtc-node";
import { chamber } from "../../contract/kit/chamber.ts";
import { red } from "../../contract/kit/person.ts";
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
});
