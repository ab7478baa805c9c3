import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DisconnectReason, RoomEvent } from "@livekit/rtc-node";
import type { VideoGrant } from "livekit-server-sdk";
import { patience, roomForEach } from "./kit/room.ts";
import { Synthetic } from "./kit/synthetic.ts";
import { eventually, until } from "./kit/wait.ts";

const recorder: VideoGrant = { hidden: true, recorder: true, canPublish: false };

describe("a room's life", patience, () => {
  const here = roomForEach("life");

  const join = (room: string, identity: string, grant: VideoGrant = {}, one?: Synthetic) =>
    here.synthetic(identity, { grant: { room, ...grant } }, one);
  const isThere = async (room: string) => (await here.api.listRooms([room])).length === 1;
  // LiveKit looks for idle rooms every few seconds.
  const ends = (room: string) => until(`${room} has ended`, async () => !(await isThere(room)));

  it("ends when nobody comes, whatever recorder waits in it, and when the last has gone; not before", async () => {
    await here.api.createRoom({ name: "never-came", emptyTimeout: 1, departureTimeout: 1 });
    for (const name of ["all-left", "somebody-there"])
      await here.api.createRoom({ name, emptyTimeout: 600, departureTimeout: 1 });
    await here.api.createRoom({ name: "long", emptyTimeout: 600, departureTimeout: 600 });
    const reasons: (DisconnectReason | undefined)[] = [];
    await until("the recorder is there before its room has ended", async () => {
      await here.api.createRoom({ name: "recorder-only", emptyTimeout: 2, departureTimeout: 1 });
      const one = new Synthetic();
      // From before it joins: on a slow machine the room ends as soon as it is seen to be there.
      reasons.length = 0;
      one.room.on(RoomEvent.Disconnected, (reason) => reasons.push(reason));
      await join("recorder-only", "recorder", recorder, one);
      if ((await here.api.listRooms(["recorder-only"]))[0]?.emptyTimeout === 2) return true;
      one.room.removeAllListeners(RoomEvent.Disconnected);
      await one.leave();
      await here.api.deleteRoom("recorder-only");
      return null;
    });
    const staying = await join("somebody-there", "anna");
    const leaving = await join("all-left", "anna");
    const leavingLong = await join("long", "anna");
    await until("all are in", async () => (await here.api.listRooms()).filter((r) => r.numParticipants > 0).length > 2);
    await Promise.all([leaving.leave(), leavingLong.leave()]);
    await Promise.all(["never-came", "recorder-only", "all-left"].map(ends));
    assert.ok(await isThere("somebody-there"));
    assert.ok(await isThere("long"));
    await until("the recorder is told", () => reasons.length > 0);
    assert.deepEqual(reasons, [DisconnectReason.ROOM_CLOSED]);
    await staying.leave();
    await ends("somebody-there");
    await here.api.deleteRoom("long");
  });

  it("lets no more in than it has places, but recorders, and those who come back to theirs", async () => {
    await here.api.createRoom({ name: "small", maxParticipants: 2 });
    const anna = await join("small", "anna");
    await join("small", "bert");
    await assert.rejects(join("small", "carla"));
    const hidden = await join("small", "recorder", recorder);
    const again = await join("small", "anna");
    await until("the first anna is out", () => anna.disconnected);
    await eventually(async () => {
      const identities = (await here.api.listParticipants("small")).map(({ identity }) => identity);
      assert.deepEqual(identities.toSorted(), ["anna", "bert", "recorder"]);
      assert.deepEqual([...again.room.remoteParticipants.keys()], ["bert"]);
    });
    assert.deepEqual([again.disconnected, hidden.disconnected], [false, false]);
    assert.equal((await here.api.listRooms(["small"]))[0]?.maxParticipants, 2);
    await here.api.deleteRoom("small");
  });

  it("has metadata, which all are told when it changes", async () => {
    await here.api.createRoom({ name: "described", metadata: "first" });
    const anna = await join("described", "anna");
    assert.equal(anna.room.metadata, "first");
    await here.api.updateRoomMetadata("described", "second");
    await until("anna knows", () => anna.room.metadata === "second");
    const bert = await join("described", "bert");
    assert.equal(bert.room.metadata, "second");
    await here.api.deleteRoom("described");
  });
});
