import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Handshake } from "./handshake.ts";
import { chunkTypes, readInit, readPacket, writeInit } from "./wire.ts";

const limits = { window: 65_536, streams: 16 };
const asked = { tag: 7, window: 1024, outboundStreams: 1, inboundStreams: 1, tsn: 1, parameters: [] };
/** INIT's body, without the head of its chunk. */
const init = (tag: number): Buffer => writeInit(chunkTypes.init, { ...asked, tag }).subarray(4);

/** The tag and the cookie that an answer promises. */
function promisedBy(answer: Buffer | null): { tag: number; cookie: Buffer } {
  const chunk = answer && readPacket(answer)?.chunks[0];
  const promised = chunk && readInit(chunk.body);
  const cookie = promised?.parameters.find(({ type }) => type === 7)?.value;
  assert.ok(promised && cookie);
  return { tag: promised.tag, cookie };
}

describe("the beginning of an association", () => {
  it("is agreed on by the cookie that was promised, under its tag, once", () => {
    const handshake = new Handshake(limits);
    const { tag, cookie } = promisedBy(handshake.promise(init(7)));
    assert.equal(handshake.redeem(tag, Buffer.alloc(cookie.length)), null, "another cookie");
    assert.equal(handshake.redeem((tag + 1) >>> 0, cookie), null, "another tag");
    assert.equal(handshake.redeem(tag, cookie)?.init.tag, 7);
    assert.equal(handshake.redeem(tag, cookie), null, "a second time");
  });

  it("is promised the same to who asks again, and anew to who asks otherwise", () => {
    const handshake = new Handshake(limits);
    const first = promisedBy(handshake.promise(init(7)));
    assert.deepEqual(promisedBy(handshake.promise(init(7))), first);
    const other = promisedBy(handshake.promise(init(8)));
    assert.notDeepEqual(other.cookie, first.cookie);
    assert.equal(handshake.redeem(first.tag, first.cookie), null);
  });

  it("answers nothing to what is no INIT", () => {
    assert.equal(new Handshake(limits).promise(Buffer.alloc(3)), null);
  });
});
