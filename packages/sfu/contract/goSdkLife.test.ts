import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { withGo } from "./kit/goPeople.ts";
import { red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { Samples } from "./kit/samples.ts";
import { eventually } from "./kit/wait.ts";

for (const single of [false, true])
  describe(`LiveKit's Go SDK with ${single ? "one connection" : "two connections"} comes through`, {
    ...patience,
    ...withGo,
  }, () => {
    const room = roomForEach(`go-life-${single ? "single" : "dual"}`);
    const samples = new Samples();
    after(() => samples.end());

    const talking = async () => {
      const [go, other] = [await room.goPerson("go", { single }), await room.goPerson("other", { single })];
      await go.sing(samples.tone(440));
      await other.sing(samples.tone(990));
      await Promise.all([go.hears("other/microphone", 990), other.hears("go/microphone", 440)]);
      return { go, other };
    };

    it("a lost socket, with the same sid; what is published meanwhile and later comes", async () => {
      const { go, other } = await talking();
      const { sid } = await go.me();
      await go.call("simulate", "resume");
      await other.show(samples.picture(red, 360));
      await go.seesHeight("other/camera", 360);
      await Promise.all([go.hears("other/microphone", 990), other.hears("go/microphone", 440)]);
      assert.equal((await go.me()).sid, sid);
      await go.show(samples.picture(red, 180));
      await other.seesHeight("go/camera", 180);
    });

    for (const scenario of single ? ["full"] : ["nodeFailure"])
      it(`a new start (${scenario}): it publishes again, and hears the others`, async () => {
        const { go, other } = await talking();
        const { sid } = await go.me();
        await go.call("simulate", scenario);
        await go.happened("reconnected");
        assert.notEqual((await go.me()).sid, sid);
        await Promise.all([go.hears("other/microphone", 990), other.hears("go/microphone", 440)]);
      });

    it("and is told why it is out: removed, in twice, the room deleted; and may come again", async () => {
      const other = await room.goPerson("other", { single });
      const go = await room.goPerson("go", { single });
      await other.happened("participantConnected", { identity: "go" });
      await room.api.removeParticipant(room.name, "go");
      await go.happened("disconnected", { reason: "removed by server" });
      await other.happened("participantDisconnected", { identity: "go" });
      const second = await room.goPerson("other", { single });
      await other.happened("disconnected", { reason: "duplicate identity" });
      await eventually(async () => assert.deepEqual(await room.identities(), ["other"]));
      await room.api.deleteRoom(room.name);
      await second.happened("disconnected", { reason: "other reasons" });
    });
  });
