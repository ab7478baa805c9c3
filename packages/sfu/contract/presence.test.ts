import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Browsing, type Person, startBrowsing } from "./kit/browser.ts";
import { cuttableWay } from "./kit/cuttable.ts";
import { type ServerUnderTest, serverUnderTest } from "./kit/server.ts";
import { eventually, until } from "./kit/wait.ts";

const red = [230, 30, 30] as const;
const css = (colour: readonly number[]) => `rgb(${colour.join(",")})`;
/** DisconnectReason of LiveKit's protocol. */
const duplicateIdentity = 2;
const participantRemoved = 4;
const roomDeleted = 5;

describe("coming, going and coming back", { timeout: 600_000 }, () => {
  let server: ServerUnderTest;
  let browsing: Browsing;
  let count = 0;
  let room = "";

  before(async () => {
    [server, browsing] = await Promise.all([serverUnderTest(), startBrowsing()]);
  });
  after(async () => {
    await Promise.all([server.stop(), browsing.stop()]);
  });

  const newRoom = () => {
    room = `presence-${++count}`;
  };
  const person = async (identity: string, { url = server.url, ttl = 60 } = {}): Promise<Person> => {
    const opened = await browsing.open();
    await opened.join(url, await server.ticket(identity, { room }, { ttl }));
    return opened;
  };
  const identities = async () => (await server.api.listParticipants(room)).map(({ identity }) => identity).sort();

  it("who is refused hears so, also in a page from elsewhere, and does not take the server for one that is away", async () => {
    const anna = await browsing.open();
    assert.equal(await anna.call("refusal", server.url, "nonsense"), 401);
    await anna.page.close();
  });

  it("a lost socket is resumed with the same sid, and media flows on meanwhile", async () => {
    newRoom();
    const way = await cuttableWay(Number(new URL(server.http).port));
    const anna = await person("anna", { url: `ws://127.0.0.1:${way.port}` });
    const bert = await person("bert");
    await anna.call("publishColour", css(red));
    await bert.call("publishTone", 990);
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
    await eventually(async () => assert.deepEqual(await identities(), ["anna", "bert"]));
    const events = await bert.call<{ kind: string }[]>("events");
    assert.ok(!events.some((event) => event.kind === "participantDisconnected"));
    // And what is published afterwards still arrives.
    await anna.call("publishTone", 440);
    await bert.hears("anna/microphone", 440);
    await anna.hears("bert/microphone", 990);
    await way.stop();
  });

  it("a resume works long after the first ticket has lapsed, with the one the server sent", async () => {
    newRoom();
    const way = await cuttableWay(Number(new URL(server.http).port));
    const anna = await person("anna", { url: `ws://127.0.0.1:${way.port}`, ttl: 8 });
    const sid = await anna.call("sid");
    const joined = Date.now();
    await until("the first ticket has lapsed", () => Date.now() - joined > 9500);
    way.cut();
    await anna.happened("signalReconnecting");
    way.mend();
    await anna.happened("reconnected");
    assert.equal(await anna.call("sid"), sid);
    await way.stop();
  });

  it("who comes back to a server that does not know them joins anew, and publishes again", async () => {
    newRoom();
    const way = await cuttableWay(Number(new URL(server.http).port));
    const anna = await person("anna", { url: `ws://127.0.0.1:${way.port}` });
    await anna.call("publishColour", css(red));
    const bert = await person("bert");
    await bert.sees("anna/camera", red);
    way.cut();
    await anna.happened("signalReconnecting");
    await server.api.removeParticipant(room, "anna");
    await until("anna is out", async () => !(await identities()).includes("anna"));
    way.mend();
    await anna.happened("reconnected");
    await until("anna is back", async () => (await identities()).includes("anna"));
    await bert.moves("anna/camera");
    await way.stop();
  });

  it("the same person in a second page puts the first one out", async () => {
    newRoom();
    const first = await person("anna");
    const second = await person("anna");
    const { reason } = await first.happened("disconnected");
    assert.equal(reason, duplicateIdentity);
    assert.equal(await second.call("state"), "connected");
    await eventually(async () => assert.deepEqual(await identities(), ["anna"]));
  });

  it("who leaves is gone for the others, and may come back", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    // Each has media by then: of somebody who never had any, engines tell the others nothing.
    await anna.call("publishColour", css(red));
    await bert.sees("anna/camera", red);
    await anna.call("leave");
    await bert.happened("participantDisconnected", { identity: "anna" });
    await anna.join(server.url, await server.ticket("anna", { room }));
    await anna.call("publishColour", css(red));
    await bert.sees("anna/camera", red);
  });

  it("who is removed is told so, and is out with picture and sound", async () => {
    newRoom();
    const anna = await person("anna");
    const bert = await person("bert");
    await anna.call("publishColour", css(red));
    await bert.sees("anna/camera", red);
    await server.api.removeParticipant(room, "anna");
    const { reason } = await anna.happened("disconnected");
    assert.equal(reason, participantRemoved);
    await bert.happened("participantDisconnected", { identity: "anna" });
    await eventually(async () => assert.deepEqual(await identities(), ["bert"]));
  });

  it("when a room is deleted all are out", async () => {
    newRoom();
    const all = [await person("anna"), await person("bert")];
    await server.api.deleteRoom(room);
    for (const one of all) assert.equal((await one.happened("disconnected")).reason, roomDeleted);
    await eventually(async () => assert.deepEqual(await server.api.listRooms([room]), []));
  });
});
