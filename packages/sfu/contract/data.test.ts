import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Encryption_Type } from "@livekit/protocol";
import { type RemoteParticipant, RoomEvent } from "@livekit/rtc-node";
import { DataPacket_Kind } from "livekit-server-sdk";
import { type Person, red } from "./kit/person.ts";
import { type PersonEntry, patience, roomForEach } from "./kit/room.ts";
import { Synthetic } from "./kit/synthetic.ts";
import { until } from "./kit/wait.ts";

interface Received {
  text: string;
  from: string | null;
  kind: "reliable" | "lossy";
  topic: string | null;
}

/** Topic of the packets by which they find that they hear each other. */
const greeting = "greeting";

describe("data packets", patience, () => {
  const room = roomForEach("data");

  const person = async (identity: string, entry: PersonEntry = {}): Promise<Person> => {
    const opened = await room.person(identity, entry);
    await opened.call("listen");
    return opened;
  };
  /** Each hears each, and by name: who has just come may have no channel yet, or not know yet who sends. */
  const meet = async (...all: { identity: string; who: Person }[]): Promise<void> => {
    const heardBy = async (to: Person, name: string) =>
      (await to.call<Received[]>("received")).some(({ topic, from }) => topic === greeting && from === name);
    const pairs = all.flatMap((from) => all.flatMap((to) => (to === from ? [] : { from, to })));
    await Promise.all(
      pairs.map(({ from, to }) =>
        until(`${to.identity} hears ${from.identity}`, async () => {
          if (await heardBy(to.who, from.identity)) return true;
          await from.who.call("publishData", "hello", {
            reliable: true,
            topic: greeting,
            destinationIdentities: [to.identity],
          });
          return heardBy(to.who, from.identity);
        }),
      ),
    );
  };
  const people = async (...identities: string[]) => {
    const all = await Promise.all(identities.map(async (identity) => ({ identity, who: await person(identity) })));
    await meet(...all);
    return all.map(({ who }) => who);
  };
  const received = async (who: Person) =>
    (await who.call<Received[]>("received")).filter(({ topic }) => topic !== greeting);
  const hears = (who: Person, text: string): Promise<Received> =>
    until(`"${text}" arrives`, async () => (await received(who)).find((message) => message.text === text));
  /** What has arrived by the time that a later message has. */
  const hearsOnly = async (who: Person, last: string): Promise<string[]> => {
    await hears(who, last);
    return (await received(who)).map(({ text }) => text);
  };

  it("reach everybody but their sender, with kind, topic and sender, both kinds", async () => {
    const [anna, bert, carl] = await people("anna", "bert", "carl");
    assert.ok(anna && bert && carl);
    await anna.call("publishData", "to all", { reliable: true, topic: "agenda" });
    for (const who of [bert, carl])
      assert.deepEqual(await hears(who, "to all"), { text: "to all", from: "anna", kind: "reliable", topic: "agenda" });
    await until("a lossy one arrives", async () => {
      await bert.call("publishData", "quick", { reliable: false });
      return (await received(carl)).some(
        ({ text, kind, from }) => text === "quick" && kind === "lossy" && from === "bert",
      );
    });
    assert.ok(!(await received(anna)).some(({ from }) => from === "anna"));
  });

  it("reach those alone that they are for", async () => {
    const [anna, bert, carl] = await people("anna", "bert", "carl");
    assert.ok(anna && bert && carl);
    await anna.call("publishData", "secret", { reliable: true, destinationIdentities: ["bert"] });
    await anna.call("publishData", "open", { reliable: true });
    assert.deepEqual(await hearsOnly(bert, "open"), ["secret", "open"]);
    assert.deepEqual(await hearsOnly(carl, "open"), ["open"]);
  });

  it("arrive in order and complete, a thousand of them", async () => {
    const [anna, bert, carl] = await people("anna", "bert", "carl");
    assert.ok(anna && bert && carl);
    await anna.call("publishMany", 1000, { reliable: true });
    const numbers = Array.from({ length: 1000 }, (_, index) => String(index));
    for (const who of [bert, carl]) assert.deepEqual(await hearsOnly(who, "999"), numbers);
  });

  it("carry text, files and calls of the SDK", async () => {
    const [anna, bert] = await people("anna", "bert");
    assert.ok(anna && bert);
    const long = "Grüße aus dem Rathaus. ".repeat(3000);
    await anna.call("sendText", long);
    const [text] = await until("the text", async () => {
      const texts = await bert.call<{ from: string; text: string }[]>("texts");
      return texts.length > 0 && texts;
    });
    assert.deepEqual([text?.from, text?.text === long], ["anna", true]);
    const sum = await anna.call<number>("sendBytes", 300_000);
    const [file] = await until(
      "the file",
      async () => {
        const files = await bert.call<{ from: string; bytes: number; sum: number }[]>("files");
        return files.length > 0 && files;
      },
      30_000,
    );
    assert.deepEqual(file, { from: "anna", bytes: 300_000, sum });
    assert.equal(await anna.call("call", "bert", "Hello"), "Hello, anna");
  });

  it("carry the keys of a telephone, between the browser's client and rtc-node", async () => {
    const [anna, bert] = await people("anna", "bert");
    assert.ok(anna && bert);
    const node = new Synthetic();
    const heard: string[] = [];
    node.room.on(RoomEvent.DtmfReceived, (code, digit, { identity }) => heard.push(`${identity} ${code} ${digit}`));
    await room.synthetic("node", {}, node);
    await anna.happened("participantConnected", { identity: "node" });
    await until("node hears", async () => {
      await anna.call("press", 11, "#");
      return heard.includes("anna 11 #");
    });
    await node.room.localParticipant?.publishDtmf(5, "5");
    await until("bert hears both", async () => {
      const tones = await bert.call<{ code: number; digit: string; from: string }[]>("tones");
      const isIt = (from: string, code: number, digit: string) =>
        tones.some((tone) => tone.from === from && tone.code === code && tone.digit === digit);
      return isIt("anna", 11, "#") && isIt("node", 5, "5");
    });
  });

  it("and pictures that are encrypted end to end are passed on as they are", async () => {
    const join = (identity: string, key: string) => person(identity, { options: { key } });
    const [anna, bert, carl] = [await join("anna", "ours"), await join("bert", "ours"), await join("carl", "another")];
    await meet({ identity: "anna", who: anna }, { identity: "bert", who: bert });
    await anna.show(red, { backupCodec: false });
    await anna.sing(440);
    await bert.sees("anna/camera", red);
    await bert.hears("anna/microphone", 440);
    await anna.call("publishData", "secret", { reliable: true, topic: "t" });
    assert.deepEqual(await hears(bert, "secret"), { text: "secret", from: "anna", kind: "reliable", topic: "t" });
    const { tracks } = await room.api.getParticipant(room.name, "anna");
    assert.deepEqual([...new Set(tracks.map(({ encryption }) => encryption))], [Encryption_Type.GCM]);
    assert.deepEqual(await received(carl), []);
    assert.equal((await carl.picture("anna/camera"))?.frames ?? 0, 0);
  });

  it("of who may not send stop at the server, also when the right is taken away in the middle", async () => {
    const [anna, bert] = await people("anna", "bert");
    assert.ok(anna && bert);
    const mute = await person("mute", { grant: { canPublishData: false } });
    await mute.call("lie");
    await mute.call("publishData", "never", { reliable: true }).catch(() => {});
    await anna.call("publishData", "before", { reliable: true });
    await hears(bert, "before");
    await room.api.updateParticipant(room.name, "anna", {
      permission: { canPublish: true, canSubscribe: true, canPublishData: false },
    });
    await anna.call("lie");
    await anna.call("publishData", "after", { reliable: true }).catch(() => {});
    await bert.call("publishData", "from bert", { reliable: true });
    await hears(anna, "from bert");
    await room.api.updateParticipant(room.name, "anna", {
      permission: { canPublish: true, canSubscribe: true, canPublishData: true },
    });
    await until("the right is back", async () => {
      await anna.call("publishData", "again", { reliable: true });
      return (await received(bert)).some(({ text }) => text === "again");
    });
    const texts = (await received(bert)).map(({ text }) => text);
    assert.ok(!texts.includes("never") && !texts.includes("after"), texts.join());
  });

  it("of hidden people have no sender", async () => {
    const [anna] = await people("anna");
    assert.ok(anna);
    const ghost = await person("ghost", { grant: { hidden: true } });
    const boo = await until("it arrives", async () => {
      await ghost.call("publishData", "boo", { reliable: true });
      return (await received(anna)).find(({ text }) => text === "boo");
    });
    assert.equal(boo.from, null);
  });

  it("of the server reach all, or those it names", async () => {
    const [anna, bert] = await people("anna", "bert");
    assert.ok(anna && bert);
    const bytes = (text: string) => new TextEncoder().encode(text);
    await room.api.sendData(room.name, bytes("for bert"), DataPacket_Kind.RELIABLE, {
      destinationIdentities: ["bert"],
      topic: "news",
    });
    await room.api.sendData(room.name, bytes("for all"), DataPacket_Kind.RELIABLE, {});
    assert.deepEqual(await hearsOnly(bert, "for all"), ["for bert", "for all"]);
    assert.deepEqual(await hearsOnly(anna, "for all"), ["for all"]);
    assert.deepEqual((await received(bert))[0], { text: "for bert", from: null, kind: "reliable", topic: "news" });
  });

  it("go between the browser's client and rtc-node, both ways, as do calls", async () => {
    const [anna] = await people("anna");
    assert.ok(anna);
    const node = new Synthetic();
    const heard: string[] = [];
    node.room.on(
      RoomEvent.DataReceived,
      (payload: Uint8Array, from?: RemoteParticipant, _kind?: unknown, topic?: string) =>
        heard.push(`${from?.identity} ${topic} ${new TextDecoder().decode(payload)}`),
    );
    await room.synthetic("node", {}, node);
    await anna.happened("participantConnected", { identity: "node" });
    const { localParticipant: local } = node.room;
    assert.ok(local);
    local.registerRpcMethod("greet", async ({ payload }) => `${payload} from node`);
    await until("node hears", async () => {
      await anna.call("publishData", "hello node", { reliable: true, topic: "t" });
      return heard.includes("anna t hello node");
    });
    await local.publishData(new TextEncoder().encode("hello anna"), { reliable: true, topic: "u" });
    assert.deepEqual(await hears(anna, "hello anna"), {
      text: "hello anna",
      from: "node",
      kind: "reliable",
      topic: "u",
    });
    assert.equal(await anna.call("call", "node", "Hi"), "Hi from node");
    assert.equal(
      await local.performRpc({ destinationIdentity: "anna", method: "greet", payload: "Hello" }),
      "Hello, node",
    );
  });

  for (const client of ["livekit-client-2.15", "livekit-client-2.5"] as const)
    it(`go between ${client}, with two peer connections, and the client of today`, async () => {
      const [anna] = await people("anna");
      assert.ok(anna);
      const olga = await person("olga", { client });
      await meet({ identity: "anna", who: anna }, { identity: "olga", who: olga });
      await olga.call("publishMany", 300, { reliable: true, topic: "t" });
      assert.deepEqual(await hears(anna, "299"), { text: "299", from: "olga", kind: "reliable", topic: "t" });
      await anna.call("publishMany", 300, { reliable: true });
      const numbers = Array.from({ length: 300 }, (_, index) => String(index));
      assert.deepEqual(await hearsOnly(olga, "299"), numbers);
      await until("a lossy one arrives", async () => {
        await anna.call("publishData", "quick", { reliable: false });
        return (await received(olga)).some(({ text, kind }) => text === "quick" && kind === "lossy");
      });
    });
});
