import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Inbound } from "./inbound.ts";
import { Outbound } from "./outbound.ts";
import { plus } from "./serial.ts";
import { type Data, readData, readSack, writeSack } from "./wire.ts";

const limits = { maxMessage: 65_535, window: 256 * 1024 };
const reliable = 1;
const lossy = 2;

/** A chunk as it comes out of a packet: its body begins after type, flags and length. */
function reread(chunk: Buffer): { type: number; flags: number; body: Buffer } {
  return { type: chunk.readUInt8(0), flags: chunk.readUInt8(1), body: chunk.subarray(4, chunk.readUInt16BE(2)) };
}

/** Numbers from 0 to 1 that can be had again (mulberry32). */
function randomly(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Sent {
  lossy: boolean;
  size: number;
}

/** Sends everything over a way that loses, doubles and reorders as `chance` says, until nothing is on the way. */
function transfer(messages: readonly Sent[], first: number, chance: () => number) {
  const outbound = new Outbound(first, limits.window, true);
  const inbound = new Inbound(first, limits);
  const arrived: { stream: number; index: number; size: number }[] = [];
  const deliver = ({ stream, data }: { stream: number; data: Buffer }) =>
    arrived.push({ stream, index: data.readUInt32BE(0), size: data.length });
  for (const [index, message] of messages.entries()) {
    const data = Buffer.alloc(message.size);
    data.writeUInt32BE(index, 0);
    outbound.queue({ stream: message.lossy ? lossy : reliable, protocol: 53, data, lossy: message.lossy });
  }
  let now = 0;
  let way: Buffer[] = [];
  for (let step = 0; step < 20_000; step++) {
    now += 20;
    way.push(...outbound.chunks(now));
    const late: Buffer[] = [];
    for (const chunk of way) {
      const luck = chance();
      if (luck < 0.15) continue;
      if (luck < 0.25) late.push(chunk);
      else take(chunk);
      if (luck > 0.95) take(chunk);
    }
    way = late;
    const sack = readSack(reread(writeSack(inbound.sack())).body);
    assert.ok(sack);
    if (chance() > 0.2) outbound.acknowledge(sack, now);
    const { deadline } = outbound;
    if (deadline !== null && deadline <= now) assert.ok(outbound.timeout(now));
    const forward = outbound.forward();
    if (forward !== null && chance() > 0.2) inbound.skip(forward.readUInt32BE(4), deliver);
    if (outbound.buffered === 0 && way.length === 0) return { arrived, inbound };
  }
  throw new Error(`Not done: ${outbound.buffered} bytes left.`);

  function take(chunk: Buffer) {
    const data = readData(reread(chunk));
    assert.ok(data && inbound.take(data, deliver));
  }
}

const chunk = (tsn: number, more: Partial<Data> = {}): Data => ({
  tsn,
  stream: 0,
  sequence: 0,
  protocol: 53,
  unordered: false,
  first: true,
  last: true,
  payload: Buffer.from("x"),
  ...more,
});

describe("sending and receiving", () => {
  it("brings every reliable message once and in order, and lossy ones once, over a bad way", () =>
    fc.assert(
      fc.property(
        fc.array(fc.record({ lossy: fc.boolean(), size: fc.integer({ min: 4, max: 9000 }) }), { maxLength: 40 }),
        fc.integer({ min: 0, max: 0xffffffff }),
        fc.integer(),
        (messages, first, seed) => {
          const { arrived, inbound } = transfer(messages, first, randomly(seed));
          const inOrder = messages.flatMap((message, index) => (message.lossy ? [] : [index]));
          assert.deepEqual(
            arrived.filter(({ stream }) => stream === reliable).map(({ index }) => index),
            inOrder,
          );
          const quick = arrived.filter(({ stream }) => stream === lossy).map(({ index }) => index);
          assert.equal(new Set(quick).size, quick.length);
          for (const { index, size } of arrived) assert.equal(size, messages[index]?.size);
          assert.equal(inbound.window, limits.window, "nothing is left behind");
        },
      ),
      { numRuns: 60 },
    ));

  it("does not let a lossy message wait for a lost reliable one", () => {
    const inbound = new Inbound(1, limits);
    const arrived: number[] = [];
    inbound.take(chunk(2, { stream: lossy, unordered: true }), ({ stream }) => arrived.push(stream));
    assert.deepEqual(arrived, [lossy]);
  });

  it("keeps so many chunks at most, however small they are", () => {
    const inbound = new Inbound(0, limits);
    for (let tsn = 1; tsn < 60_000; tsn++) assert.ok(inbound.take(chunk(tsn), () => assert.fail("There is a gap.")));
    const { gaps } = inbound.sack();
    assert.deepEqual(gaps, [{ start: 2, end: 513 }]);
  });

  it("takes no message of more bytes or pieces than allowed", () => {
    const big = new Inbound(0, limits);
    const piece = Buffer.alloc(1160);
    const taken = (inbound: Inbound, payload: Buffer, count: number) =>
      Array.from({ length: count }, (_, tsn) =>
        inbound.take(chunk(tsn, { first: tsn === 0, last: false, payload }), () => {}),
      );
    assert.equal(taken(big, piece, 56).at(-1), true);
    assert.equal(
      big.take(chunk(56, { first: false, payload: piece }), () => {}),
      false,
    );
    assert.equal(taken(new Inbound(0, limits), Buffer.alloc(1), 513).at(-1), false);
  });

  it("closes the window while messages are held, and takes nothing then", () => {
    const inbound = new Inbound(0, limits);
    inbound.hold(limits.window);
    assert.equal(inbound.window, 0);
    inbound.take(chunk(0), () => assert.fail("There is no room."));
    inbound.hold(0);
    let count = 0;
    inbound.take(chunk(0), () => {
      count += 1;
    });
    assert.equal(count, 1);
  });

  it("believes no acknowledgement of what was never sent", () => {
    const outbound = new Outbound(10, limits.window, true);
    outbound.queue({ stream: 0, protocol: 53, data: Buffer.alloc(10), lossy: false });
    assert.equal([...outbound.chunks(0)].length, 1);
    outbound.acknowledge({ cumulative: 5000, window: 1e6, gaps: [] }, 1);
    outbound.acknowledge({ cumulative: plus(9, -100), window: 1e6, gaps: [{ start: 2, end: 65_535 }] }, 1);
    assert.ok(outbound.buffered > 0);
    outbound.acknowledge({ cumulative: 10, window: 1e6, gaps: [] }, 1);
    assert.equal(outbound.buffered, 0);
  });

  it("sends no more at once than a silent receiver was offered, and gives up on it in the end", () => {
    const outbound = new Outbound(0, limits.window, true);
    for (let count = 0; count < 100; count++)
      outbound.queue({ stream: 0, protocol: 53, data: Buffer.alloc(1160), lossy: false });
    assert.equal([...outbound.chunks(0)].length, 4);
    let now = 0;
    let tries = 0;
    for (; ; tries++) {
      now = outbound.deadline ?? assert.fail("It waits.");
      if (!outbound.timeout(now)) break;
      assert.equal([...outbound.chunks(now)].length, 1);
    }
    assert.equal(tries, 10);
  });
});
