import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import fc from "fast-check";
import { Association } from "./association.ts";
import type { Message } from "./inbound.ts";
import { TestPeer } from "./testPeer.ts";
import { chunkTypes, readSack, writeChunk, writePacket, writeParameter } from "./wire.ts";

const limits = { maxMessage: 65_535, window: 256 * 1024, streams: 1024 };

function meet() {
  const messages: Message[] = [];
  const happened: string[] = [];
  const association: Association = new Association(
    {
      transmit: (packet) => peer.take(packet),
      opened: () => happened.push("opened"),
      message: (message) => messages.push(message),
      reset: (streams) => happened.push(`reset ${streams}`),
      closed: (why, error) => {
        assert.equal(error, undefined, "Nothing throws.");
        happened.push(`closed ${why}`);
      },
    },
    limits,
  );
  const peer: TestPeer = new TestPeer((packet) => association.receive([packet]));
  return { association, peer, messages, happened };
}

describe("an association", () => {
  let { association, peer, messages, happened } = meet();
  beforeEach(() => {
    ({ association, peer, messages, happened } = meet());
    peer.init();
    assert.deepEqual(happened, ["opened"]);
    peer.got(chunkTypes.initAck);
    assert.equal(peer.got(chunkTypes.cookieAck).length, 1);
  });

  it("takes messages and acknowledges every second packet at once", () => {
    peer.send(peer.data("one"));
    assert.equal(peer.got(chunkTypes.sack).length, 0);
    peer.send(peer.data("two"));
    assert.deepEqual(
      messages.map(({ data }) => data.toString()),
      ["one", "two"],
    );
    const [sack] = peer.got(chunkTypes.sack).map(({ body }) => readSack(body));
    assert.equal(sack?.cumulative, peer.tsn - 1);
  });

  it("tells at once what is missing", () => {
    peer.tsn += 1;
    peer.send(peer.data("two"));
    const [sack] = peer.got(chunkTypes.sack).map(({ body }) => readSack(body));
    assert.deepEqual(sack?.gaps, [{ start: 2, end: 2 }]);
  });

  it("is not moved by packets with another tag, a wrong checksum or an odd length", () => {
    const abort = writeChunk(chunkTypes.abort, 0, Buffer.alloc(0));
    const damaged = writePacket(peer.theirs?.tag ?? 0, [abort]);
    damaged.writeUInt8(1, 11);
    association.receive([writePacket(1, [abort]), damaged, damaged.subarray(0, 13), Buffer.alloc(0)]);
    peer.send(peer.data("still here"));
    assert.equal(messages.length, 1);
  });

  it("answers an INIT flood packet by packet and stays as it was", () => {
    let answers = 0;
    peer.take = () => {
      answers += 1;
    };
    const stranger = new TestPeer((packet) => association.receive([packet]));
    for (let tag = 1; tag <= 2000; tag++) stranger.init(tag);
    assert.equal(answers, 2000);
    peer.send(peer.data("still here"));
    assert.equal(messages.length, 1);
    assert.deepEqual(happened, ["opened"]);
  });

  it("begins anew when its peer does, and forgets what was", () => {
    const [before] = [peer.theirs?.tag];
    peer.tsn = peer.firstTsn;
    peer.init();
    assert.deepEqual(happened, ["opened", "opened"]);
    assert.notEqual(peer.theirs?.tag, before);
    peer.send(peer.data("again"));
    assert.equal(messages.length, 1);
  });

  it("takes the same packet once", () => {
    const chunk = peer.data("once");
    for (let time = 0; time < 100; time++) peer.send(chunk);
    assert.equal(messages.length, 1);
  });

  it("ends with a peer whose message is too long, and tells it", () => {
    for (let piece = 0; piece < 60 && happened.length === 1; piece++)
      peer.send(peer.data(Buffer.alloc(1160), { first: piece === 0, last: false }));
    assert.deepEqual(happened, ["opened", "closed message too long"]);
    assert.equal(peer.got(chunkTypes.abort).length, 1);
    peer.send(peer.data("not heard"));
    assert.equal(messages.length, 0);
  });

  it("answers heartbeats, closing of streams, and the end", () => {
    peer.send(writeChunk(chunkTypes.heartbeat, 0, Buffer.from("abcd")));
    assert.equal(peer.got(chunkTypes.heartbeatAck)[0]?.body.toString(), "abcd");
    const request = Buffer.alloc(16);
    request.writeUInt32BE(peer.firstTsn, 0);
    request.writeUInt32BE(peer.tsn - 1, 8);
    request.writeUInt16BE(3, 12);
    request.writeUInt16BE(5, 14);
    peer.send(writeChunk(chunkTypes.reconfig, 0, writeParameter(13, request)));
    const [answer] = peer.got(chunkTypes.reconfig);
    assert.equal(answer?.body.readUInt32BE(8), 1, "performed");
    peer.send(writeChunk(chunkTypes.shutdown, 0, Buffer.alloc(4)));
    assert.deepEqual(happened, ["opened", "reset 3,5", "closed shut down"]);
  });

  it("lives through chunks of every type with any content, or ends by itself", () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            type: fc.oneof(fc.constantFrom(...Object.values(chunkTypes)), fc.nat(255)),
            flags: fc.nat(255),
            body: fc.uint8Array({ maxLength: 200 }),
            near: fc.boolean(),
          }),
          { maxLength: 30 },
        ),
        (chunks) => {
          const other = meet();
          other.peer.init();
          for (let count = 0; count < 20; count++)
            other.association.send({
              stream: 1,
              protocol: 53,
              data: Buffer.alloc(3000, count),
              lossy: count % 2 === 0,
            });
          for (const { type, flags, body, near } of chunks) {
            const content = Buffer.from(body);
            // Numbers near the true ones reach further than any.
            const { theirs } = other.peer;
            const base = type === chunkTypes.sack ? theirs?.tsn : other.peer.tsn;
            if (near && content.length >= 4) content.writeUInt32BE(((base ?? 0) + (content[0] ?? 0) - 8) >>> 0, 0);
            other.peer.send(writeChunk(type, flags, content));
          }
          other.association.stop();
        },
      ),
      { numRuns: 2000 },
    ));
});
