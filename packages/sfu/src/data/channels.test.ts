import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { DataChannels } from "./channels.ts";
import { TestPeer } from "./sctp/testPeer.ts";
import { chunkTypes, readData, writeChunk, writeParameter } from "./sctp/wire.ts";

function meet(offering: 0 | 1 | null = null) {
  const opened: string[] = [];
  const messages: string[] = [];
  let over = "";
  const channels: DataChannels = new DataChannels(
    {
      transmit: (packet) => peer.take(packet),
      opened: (kind) => opened.push(kind),
      message: (kind, data) => messages.push(`${kind} ${data}`),
      closed: (why) => {
        over = why;
      },
    },
    offering,
  );
  const peer: TestPeer = new TestPeer((packet) => channels.receive([packet]));
  peer.init();
  return { channels, peer, opened, messages, over: () => over };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const datas = (peer: TestPeer) => peer.got(chunkTypes.data).map(readData);

describe("data channels", () => {
  let { channels, peer, opened, messages } = meet();
  beforeEach(() => {
    ({ channels, peer, opened, messages } = meet());
  });

  it("are LiveKit's two by their labels", async () => {
    peer.open(0, "_reliable");
    peer.open(2, "_lossy");
    assert.deepEqual(opened, ["reliable", "lossy"]);
    await turn();
    assert.deepEqual(
      datas(peer).map((data) => [data?.stream, data?.protocol, data?.payload[0]]),
      [
        [0, 50, 2],
        [2, 50, 2],
      ],
    );
    peer.send(peer.data("hello", { stream: 0 }), peer.data("quick", { stream: 2, unordered: true }));
    assert.deepEqual(messages, ["reliable hello", "lossy quick"]);
    assert.ok(channels.send("lossy", Buffer.from("back")));
    await turn();
    const [back] = datas(peer);
    assert.equal(back?.unordered, true);
    assert.equal(back?.payload.toString(), "back");
  });

  it("carry nothing on streams that were not opened", () => {
    peer.send(peer.data("hello", { stream: 4 }));
    assert.deepEqual(messages, []);
    assert.equal(channels.send("reliable", Buffer.from("nobody")), false);
  });

  it("of data tracks are taken and not heard", () => {
    peer.open(4, "_data_track");
    peer.send(peer.data("frame", { stream: 4 }));
    assert.deepEqual([opened, messages], [[], []]);
  });

  it("of any other label are closed, thousands at once by a few requests", () => {
    for (let stream = 0; stream < 1024; stream++) peer.open(stream, stream === 7 ? "__proto__" : `mine ${stream}`);
    assert.deepEqual(opened, []);
    // Asked again where it takes a while; the others wait until it is answered.
    const asked = peer.got(chunkTypes.reconfig).map(({ body }) => body.toString("hex"));
    assert.equal(new Set(asked).size, 1);
  });

  it("are no more than a stock client could want", () => {
    for (let stream = 0; stream < 100; stream++) peer.open(stream, "_reliable");
    assert.equal(opened.length, 16);
  });

  it("are opened from here for the older protocol", async () => {
    const older = meet(1);
    await turn();
    assert.deepEqual(older.opened, ["reliable", "lossy"]);
    assert.deepEqual(
      datas(older.peer).map((data) => [data?.stream, data?.payload.toString("latin1", 12)]),
      [
        [1, "_reliable"],
        [3, "_lossy"],
      ],
    );
  });

  it("that a client closes are closed from here, too", () => {
    peer.open(0, "_reliable");
    const request = Buffer.alloc(14);
    request.writeUInt32BE(peer.firstTsn, 0);
    request.writeUInt32BE(peer.tsn - 1, 8);
    peer.send(writeChunk(chunkTypes.reconfig, 0, writeParameter(13, request)));
    assert.equal(channels.isOpen("reliable"), false);
    assert.equal(peer.got(chunkTypes.reconfig).length, 2, "an answer and a request");
  });

  it("keep so much at most for a receiver that is silent", async () => {
    peer.open(0, "_reliable");
    peer.open(2, "_lossy");
    const message = Buffer.alloc(10_000);
    const taken = (kind: "reliable" | "lossy") =>
      Array.from({ length: 1000 }, () => channels.send(kind, message)).filter(Boolean).length;
    const lossy = taken("lossy");
    assert.ok(lossy > 0 && lossy <= 6, `${lossy} lossy ones`);
    const reliable = taken("reliable");
    assert.ok(reliable > 50 && reliable <= 104, `${reliable} reliable ones`);
    await turn();
    assert.ok(datas(peer).length <= 8, "and little of it is on the way");
  });
});
