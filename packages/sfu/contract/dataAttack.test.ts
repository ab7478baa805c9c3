import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { TestPeer } from "../src/data/sctp/testPeer.ts";
import { chunkTypes, writeChunk } from "../src/data/sctp/wire.ts";
import { newIdentity, Peer } from "./kit/peer.ts";
import type { Person } from "./kit/person.ts";
import { patience, roomForAll } from "./kit/room.ts";
import { own } from "./kit/server.ts";
import { until } from "./kit/wait.ts";

/** A member's SCTP made by hand, over its own DTLS. */
interface Attacker {
  peer: Peer;
  sctp: TestPeer;
  /** Each as one datagram. */
  send(packets: Iterable<() => void>): Promise<void>;
}

const offer = (fingerprint: string): string =>
  [
    "v=0",
    "o=- 1 1 IN IP4 127.0.0.1",
    "s=-",
    "t=0 0",
    "a=group:BUNDLE 0",
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
    "c=IN IP4 0.0.0.0",
    "a=mid:0",
    "a=ice-ufrag:peer",
    "a=ice-pwd:apasswordoftwentyfourletters",
    `a=fingerprint:sha-256 ${fingerprint}`,
    "a=setup:actpass",
    "a=sctp-port:5000",
    "",
  ].join("\r\n");

describe("hostile SCTP of a member harms nobody else", {
  ...patience,
  ...own("LiveKit trickles its address, which the peer of these tests does not read, and prefers AES-CM"),
}, () => {
  const room = roomForAll("attacked");
  let anna: Person;
  let bert: Person;
  const peers: Peer[] = [];
  let count = 0;

  before(async () => {
    [anna, bert] = [await room.person("anna"), await room.person("bert")];
    for (const one of [anna, bert]) await one.call("listen");
    // Each has a channel to the other by then.
    for (const [from, to] of [
      [anna, bert],
      [bert, anna],
    ] as const)
      await until("they hear each other", async () => {
        await from.call("publishData", "hello", { reliable: true });
        return (await to.call<unknown[]>("received")).length > 0;
      });
  });
  async function attacker(): Promise<Attacker> {
    const ticket = await room.ticket(`mallory${++count}`);
    const peer = await Peer.meet(room.server.url, ticket, { identity: newIdentity(), direction: "recvonly", offer });
    peers.push(peer);
    room.atEnd(() => peer.stop());
    await peer.shakeHands();
    const sctp = new TestPeer((packet) => peer.sendData(packet));
    peer.onData = (data) => {
      // `openssl` runs datagrams together; the first of an answer is what is looked for.
      if (sctp.theirs === null && data.length > 2 && data.readUInt16BE(0) === 5000) sctp.take(data);
    };
    await until("the association stands", () => {
      if (sctp.theirs === null) sctp.init();
      return sctp.theirs !== null;
    });
    return {
      peer,
      sctp,
      async send(packets) {
        for (const packet of packets) {
          const { records } = peer;
          packet();
          // `openssl` makes one record of what it is given meanwhile.
          await until("it is sent", async () => {
            for (let turn = 0; turn < 1000 && peer.records === records; turn++) await nextTurn();
            return peer.records > records;
          });
        }
      },
    };
  }

  /** Those who mean well still hear each other, both ways. */
  async function stillTalks(after: string): Promise<void> {
    for (const [from, to] of [
      [anna, bert],
      [bert, anna],
    ] as const) {
      const said = `${after}, says ${from === anna ? "anna" : "bert"}`;
      await from.call("publishData", said, { reliable: true });
      await until(`word after ${after}`, async () =>
        (await to.call<{ text: string }[]>("received")).some(({ text }) => text === said),
      );
    }
  }

  function* times(count: number, act: (index: number) => void): Generator<() => void> {
    for (let index = 0; index < count; index++) yield () => act(index);
  }

  it("by malformed chunks of every type", async () => {
    const { sctp, send } = await attacker();
    let seed = 7;
    const random = (below: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      return seed % below;
    };
    await send(
      times(2000, () => {
        const types = Object.values(chunkTypes);
        const type = random(4) === 0 ? random(256) : (types[random(types.length)] ?? 0);
        // To end its association would be too easy a way out.
        const ends = type === chunkTypes.abort || type === chunkTypes.shutdown;
        const body = Buffer.from(Array.from({ length: 13 + random(100) }, () => random(256)));
        sctp.send(writeChunk(ends ? chunkTypes.error : type, random(256), body));
      }),
    );
    await stillTalks("malformed chunks");
  });

  it("and records that nobody encrypted, from a member's address, do not harm that member", async () => {
    const { peer, sctp } = await attacker();
    // OpenSSL takes one that is shorter than what encryption adds for a fault of its own, and reads nothing after it.
    for (let length = 0; length < 40; length++)
      for (const type of [20, 21, 22, 23]) {
        const header = Buffer.from([type, 0xfe, 0xfd, 0, 1, 0, 0, 0, 1, type, length, 0, length]);
        peer.send(Buffer.concat([header, Buffer.alloc(length, 7)]));
        // Behind a good one, too: of an epoch that is over.
        peer.send(Buffer.concat([Buffer.from([21, 0xfe, 0xfd, 0, 0, 0, 0, 0, 1, type, length, 0, 2, 1, 0]), header]));
      }
    peer.onData = (data) => sctp.take(data);
    await until("it is answered", () => {
      sctp.send(writeChunk(chunkTypes.heartbeat, 0, Buffer.from([0, 1, 0, 8, 1, 2, 3, 4])));
      return sctp.got(chunkTypes.heartbeatAck).length > 0;
    });
  });

  it("by floods of INIT, of channels, of gaps, and of the same packet", async () => {
    const { sctp, send } = await attacker();
    const stranger = new TestPeer((packet) => peers.at(-1)?.sendData(packet));
    await send(times(1000, (index) => stranger.init(index + 1)));
    await send(times(1500, (stream) => sctp.open(stream, `channel ${stream}`)));
    await send(
      times(1500, () => {
        sctp.tsn += 2;
        sctp.send(sctp.data("x", { unordered: true, last: false }));
      }),
    );
    const chunk = sctp.data("again");
    await send(times(500, () => sctp.send(chunk)));
    await stillTalks("floods");
  });

  it("by a message without an end, and by more messages than anybody wants", async () => {
    const endless = await attacker();
    endless.sctp.open(0, "_reliable");
    await endless.send(
      times(200, (index) =>
        endless.sctp.send(endless.sctp.data(Buffer.alloc(1100), { first: index === 0, last: false })),
      ),
    );
    const busy = await attacker();
    busy.sctp.open(2, "_lossy");
    await busy.send(
      times(3000, () => busy.sctp.send(busy.sctp.data(Buffer.alloc(1000), { stream: 2, unordered: true }))),
    );
    await stillTalks("messages");
    assert.equal(await anna.call("state"), "connected");
  });
});
