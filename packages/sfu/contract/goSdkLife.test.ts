import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { withGo } from "./kit/goPeople.ts";
import { red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { Samples } from "./kit/samples.ts";
import { eventually } from "./kit/wait.ts";

describe("LiveKit's Go SDK comes through", { ...patience, ...withGo }, () => {
  const room = roomForEach("go-life");
  const samples = new Samples();
  after(() => samples.end());

  /** With two peer connections, and with one. */
  const talking = async () => {
    const [two, one] = [await room.goPerson("two"), await room.goPerson("one", { single: true })];
    const hear = () => Promise.all([two.hears("one/microphone", 990), one.hears("two/microphone", 440)]);
    await two.sing(samples.tone(440));
    await one.sing(samples.tone(990));
    await hear();
    return { two, one, hear };
  };

  it("a lost socket, with the same sid; what is published meanwhile and later comes", async () => {
    const { two, one, hear } = await talking();
    for (const [lost, other, key, height] of [
      [two, one, "one/camera", 360],
      [one, two, "two/camera", 180],
    ] as const) {
      const { sid } = await lost.me();
      await lost.call("simulate", "resume");
      await other.show(samples.picture(red, height));
      await lost.seesHeight(key, height);
      assert.equal((await lost.me()).sid, sid);
    }
    await hear();
  });

  it("a new start: it publishes again, and hears the others", async () => {
    const { two, one, hear } = await talking();
    for (const [fresh, scenario] of [
      [two, "nodeFailure"],
      [one, "full"],
    ] as const) {
      const { sid } = await fresh.me();
      await fresh.call("simulate", scenario);
      await fresh.happened("reconnected");
      assert.notEqual((await fresh.me()).sid, sid);
      await hear();
    }
  });

  it("and is told why it is out: removed, in twice, the room deleted; and may come again", async () => {
    const other = await room.goPerson("other");
    const go = await room.goPerson("go", { single: true });
    await other.happened("participantConnected", { identity: "go" });
    await room.api.removeParticipant(room.name, "go");
    await go.happened("disconnected", { reason: "removed by server" });
    await other.happened("participantDisconnected", { identity: "go" });
    const second = await room.goPerson("other", { single: true });
    await other.happened("disconnected", { reason: "duplicate identity" });
    await eventually(async () => assert.deepEqual(await room.identities(), ["other"]));
    await room.api.deleteRoom(room.name);
    await second.happened("disconnected", { reason: "other reasons" });
  });
});
