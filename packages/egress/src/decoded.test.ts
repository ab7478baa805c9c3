import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { beforeEach, mock, test } from "node:test";
import { FfiHandle } from "@livekit/rtc-ffi-bindings";
import { type RemoteTrack, VideoBufferType } from "@livekit/rtc-node";
import { type DecodedFrame, watch } from "./decoded.ts";

const STREAM = 7n;
/** Handles of native memory that were given back. */
const freed: bigint[] = [];
mock.method(FfiHandle.prototype, "dispose", function (this: FfiHandle) {
  freed.push(this.handle);
});

/** In place of rtc-node's own way to its native half. */
const client = Object.assign(new EventEmitter(), {
  request: () => ({ stream: { handle: { id: STREAM } } }),
});
Reflect.set(globalThis, "_ffiClientInstance", client);

const tell = (message: object): boolean =>
  client.emit("ffi_event", { message: { case: "videoStreamEvent", value: { streamHandle: STREAM, message } } });
const frame = (id: bigint, type = VideoBufferType.I420): boolean =>
  tell({
    case: "frameReceived",
    value: { timestampUs: id, buffer: { handle: { id }, info: { type, width: 1280, height: 720 } } },
  });
const end = (): boolean => tell({ case: "eos", value: {} });
/** Of a track nothing but its handle is looked at. */
const track: RemoteTrack = Object.assign(Object.create(null), { ffi_handle: { handle: 1n } });

beforeEach(() => {
  freed.length = 0;
});

test("a frame that is never looked at is never copied, and its native memory is given back once", () => {
  const frames: DecodedFrame[] = [];
  const stop = watch(track, (frame) => frames.push(frame));
  frame(100n);
  frame(101n);
  assert.equal(frames.length, 2);
  assert.deepEqual(freed, []);
  for (const each of frames) each.release();
  for (const each of frames) each.release();
  assert.deepEqual(freed, [100n, 101n]);
  stop();
  end();
  assert.deepEqual(freed, [100n, 101n, STREAM]);
});

test("a frame of a kind that rtc-node ends the process over, or reads beyond, is let go unseen", () => {
  const frames: DecodedFrame[] = [];
  const stop = watch(track, (frame) => frames.push(frame));
  for (const type of [VideoBufferType.I420, VideoBufferType.I422, VideoBufferType.I444]) frame(BigInt(type), type);
  assert.equal(frames.length, 3);
  for (const type of [VideoBufferType.I010, VideoBufferType.NV12, VideoBufferType.I420A]) frame(BigInt(type), type);
  assert.equal(frames.length, 3);
  assert.deepEqual(freed, [VideoBufferType.I010, VideoBufferType.NV12, VideoBufferType.I420A].map(BigInt));
  stop();
  end();
});

test("what is still on its way when nobody wants it any more is given back too", () => {
  const stop = watch(track, () => assert.fail("nobody listens"));
  stop();
  stop();
  frame(200n);
  frame(201n);
  end();
  assert.deepEqual(freed, [STREAM, 200n, 201n]);
  frame(202n);
  assert.deepEqual(freed, [STREAM, 200n, 201n], "after its end it is somebody else's");
});

test("a stream that ends by itself is let go", () => {
  const stop = watch(track, () => undefined);
  end();
  stop();
  assert.deepEqual(freed, [STREAM]);
});
