import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { DataPacket, RpcAck, RpcResponse } from "@livekit/protocol";
import { ServerCalls } from "./serverCalls.ts";

const somebody = () => {
  const got: DataPacket[] = [];
  return {
    got,
    sid: "PA_anna",
    identity: "anna",
    mailbox: { send: (_kind: string, bytes: Buffer) => void got.push(DataPacket.fromBinary(bytes)) },
  };
};
const idIn = (packet: DataPacket | undefined) =>
  packet?.value.case === "rpcRequest" ? packet.value.value.id : assert.fail("no call");
const answer = (requestId: string, payload: string) =>
  new DataPacket({
    value: { case: "rpcResponse", value: new RpcResponse({ requestId, value: { case: "payload", value: payload } }) },
  });

describe("a call of the server", () => {
  it("is answered by whoever was called, once, and by nobody else", async () => {
    const calls = new ServerCalls();
    const anna = somebody();
    const outcome = calls.call(anna, "greet", "you", 1000);
    const id = idIn(anna.got[0]);
    assert.equal(calls.hear("PA_mallory", answer(id, "stolen")), false);
    assert.equal(calls.hear("PA_anna", answer("another", "x")), false);
    const acknowledged = new DataPacket({ value: { case: "rpcAck", value: new RpcAck({ requestId: id }) } });
    assert.equal(calls.hear("PA_anna", acknowledged), true);
    assert.equal(calls.hear("PA_anna", answer(id, "hello")), true);
    assert.deepEqual(await outcome, { payload: "hello" });
    assert.equal(calls.hear("PA_anna", answer(id, "again")), false);
  });

  it("ends when the answer takes too long, and waits for no more than a hundred", async () => {
    const calls = new ServerCalls();
    const anna = somebody();
    const late = Array.from({ length: 100 }, () => calls.call(anna, "slow", "", 30));
    assert.deepEqual(await calls.call(anna, "slow", "", 30), { error: { code: 1505, message: "Failed to send" } });
    // The timers keep no process alive by themselves.
    const keep = setTimeout(() => {}, 10_000);
    for (const outcome of await Promise.all(late))
      assert.deepEqual(outcome, { error: { code: 1502, message: "Response timeout" } });
    clearTimeout(keep);
    assert.equal(anna.got.length, 100);
  });
});
