import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setImmediate as settled } from "node:timers/promises";
import { RoomEvent, TrackKind, TrackSource } from "@livekit/rtc-node";
import { endSynthetics, Synthetic } from "./synthetic.ts";

after(endSynthetics);

const KEY = `anna/${TrackSource.SOURCE_CAMERA}`;

/** Somebody who was given a track of which no stream can be had: nothing stands behind its handle. */
async function withBrokenTrack() {
  const one = new Synthetic();
  const room: { emit(event: string, ...told: unknown[]): boolean } = one.room;
  const track = { kind: TrackKind.KIND_VIDEO, ffi_handle: { handle: 4_000_000n } };
  const told = [track, { source: TrackSource.SOURCE_CAMERA }, { identity: "anna" }];
  room.emit(RoomEvent.TrackSubscribed, ...told);
  await settled();
  return { one, unsubscribe: () => room.emit(RoomEvent.TrackUnsubscribed, ...told) };
}

test("whoever leaves says which stream had failed, and why", async () => {
  await assert.rejects((await withBrokenTrack()).one.leave(), new RegExp(`The stream of ${KEY} failed: .+`));
});

test("of a track that has gone no stream is missed", async () => {
  const { one, unsubscribe } = await withBrokenTrack();
  unsubscribe();
  await one.leave();
});
