import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { red } from "./kit/person.ts";
import { patience, roomForEach } from "./kit/room.ts";
import { eventually, until } from "./kit/wait.ts";

/** DisconnectReason of LiveKit's protocol. */
const duplicateIdentity = 2;
const participantRemoved = 4;
const roomDeleted = 5;

describe("coming, going and coming back", patience, () => {
  const room = roomForEach("presence");

  it("who is refused hears so, also in a page from elsewhere, and does not take the server for one that is away", async () => {
    const anna = await room.page();
    assert.equal(await anna.call("refusal", room.server.url, "nonsense"), 401);
  });

  it("a lost socket is resumed with the same sid, and media flows on meanwhile", async () => {
    const way = await room.cuttableWay();
    const anna = await room.person("anna", { url: way.url });
    const bert = await room.person("bert");
    await anna.show(red);
    await bert.sing(990);
    await bert.sees("anna/camera", red);
    const sid = await anna.call("sid");
    const ufrag = await anna.call("serverUfrag");
    way.cut();
    await anna.happened("signalReconnecting");
    await bert.moves("anna/camera", 8);
    way.mend();
    await anna.happened("reconnected");
    assert.equal(await anna.call("sid"), sid);
    await until("ICE is restarted", async () => (await anna.call("serverUfrag")) !== ufrag);
    await eventually(async () => assert.deepEqual(await room.identities(), ["anna", "bert"]));
    assert.deepEqual(await bert.noted("participantDisconnected"), []);
    // And what is published afterwards still arrives.
    await anna.sing(440);
    await bert.hears("anna/microphone", 440);
    await anna.hears("bert/microphone", 990);
  });

  it("a resume works long after the first ticket has lapsed, with the one the server sent", async () => {
    const way = await room.cuttableWay();
    const anna = await room.person("anna", { url: way.url, ttl: 8 });
    const sid = await anna.call("sid");
    const joined = Date.now();
    await until("the first ticket has lapsed", () => Date.now() - joined > 9500);
    way.cut();
    await anna.happened("signalReconnecting");
    way.mend();
    await anna.happened("reconnected");
    assert.equal(await anna.call("sid"), sid);
  });

  it("who comes back to a server that does not know them joins anew, and publishes again", async () => {
    const way = await room.cuttableWay();
    const anna = await room.person("anna", { url: way.url });
    await anna.show(red);
    const bert = await room.person("bert");
    await bert.sees("anna/camera", red);
    way.cut();
    await anna.happened("signalReconnecting");
    await room.api.removeParticipant(room.name, "anna");
    await until("anna is out", async () => !(await room.identities()).includes("anna"));
    way.mend();
    await anna.happened("reconnected");
    await until("anna is back", async () => (await room.identities()).includes("anna"));
    await bert.moves("anna/camera");
  });

  it("the same person in a second page puts the first one out", async () => {
    const first = await room.person("anna");
    const second = await room.person("anna");
    const { reason } = await first.happened("disconnected");
    assert.equal(reason, duplicateIdentity);
    assert.equal(await second.call("state"), "connected");
    await eventually(async () => assert.deepEqual(await room.identities(), ["anna"]));
  });

  it("who leaves is gone for the others, and may come back", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    // Each has media by then: of somebody who never had any, engines tell the others nothing.
    await anna.show(red);
    await bert.sees("anna/camera", red);
    await anna.call("leave");
    await bert.happened("participantDisconnected", { identity: "anna" });
    await room.enter(anna, "anna");
    await anna.show(red);
    await bert.sees("anna/camera", red);
  });

  it("who is removed is told so, and is out with picture and sound", async () => {
    const anna = await room.person("anna");
    const bert = await room.person("bert");
    await anna.show(red);
    await bert.sees("anna/camera", red);
    await room.api.removeParticipant(room.name, "anna");
    const { reason } = await anna.happened("disconnected");
    assert.equal(reason, participantRemoved);
    await bert.happened("participantDisconnected", { identity: "anna" });
    await eventually(async () => assert.deepEqual(await room.identities(), ["bert"]));
  });

  it("when a room is deleted all are out", async () => {
    const all = [await room.person("anna"), await room.person("bert")];
    await room.api.deleteRoom(room.name);
    for (const one of all) assert.equal((await one.happened("disconnected")).reason, roomDeleted);
    await eventually(async () => assert.deepEqual(await room.api.listRooms([room.name]), []));
  });
});
