import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cipher, webRtcWith } from "./cipher.ts";
import type { Media } from "./media.ts";
import { Peer } from "./peer.ts";
import { Player } from "./player.ts";
import { asksForKeyFrame } from "./rtcp.ts";

const media: Media = {
  video: [[Buffer.alloc(1150, 1), Buffer.alloc(300, 2)], [Buffer.alloc(700, 3)]],
  audio: [Buffer.alloc(80, 4)],
};

async function until(holds: () => boolean): Promise<void> {
  const start = Date.now();
  while (!holds()) {
    if (Date.now() - start > 90_000) throw new Error("It did not happen within 90 s.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

for (const cipher of ["gcm", "cm"] satisfies Cipher[])
  test(`a load client counts each packet that another one plays to it, by ${cipher}`, {
    timeout: 240_000,
  }, async () => {
    const lib = webRtcWith(cipher);
    const sender = new Peer(lib, "127.0.0.1");
    const receiver = new Peer(lib, "127.0.0.1");
    const sent: Buffer[] = [];
    const audio = sender.send("audio", "microphone");
    const video = sender.send("video", "camera");
    sender.accept(await receiver.answer(await sender.offer()));
    await until(() => sender.pc.state() === "connected" && receiver.pc.state() === "connected");
    const counted = ({ ssrc, send }: typeof audio) => ({
      ssrc,
      send(packet: Buffer) {
        sent.push(packet);
        send(packet);
      },
    });
    const player = new Player(media, counted(audio), counted(video));
    try {
      await until(() => sent.length >= 50);
      player.stop();
      await until(() => receiver.count().packets === sent.length);
      const { streams, expected, bytes } = receiver.count();
      assert.deepEqual([streams, expected], [2, sent.length]);
      assert.equal(
        bytes,
        sent.reduce((sum, { length }) => sum + length, 0),
      );
    } finally {
      player.stop();
      sender.close();
      receiver.close();
      lib.cleanup();
    }
  });

/** A receiver report without blocks, and a PLI of a source (RFC 4585). */
const keyFrameRequest = (ssrc: number) => {
  const message = Buffer.from([0x80, 201, 0, 1, 0, 0, 0, 1, 0x81, 206, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0]);
  message.writeUInt32BE(ssrc, 16);
  return message;
};

test("a request for a key frame is found behind a report, and nothing else is taken for one", () => {
  assert.equal(asksForKeyFrame(keyFrameRequest(7)), true);
  assert.equal(asksForKeyFrame(keyFrameRequest(7).subarray(0, 8)), false);
  const remb = Buffer.from(keyFrameRequest(7));
  remb[8] = 0x8f;
  assert.equal(asksForKeyFrame(remb), false);
  assert.equal(asksForKeyFrame(Buffer.from([0x80, 201, 0xff])), false);
});

test("a load client that plays begins again when it is asked for a key frame", { timeout: 30_000 }, async () => {
  const lib = webRtcWith("gcm");
  const [sender, receiver] = [new Peer(lib, "127.0.0.1"), new Peer(lib, "127.0.0.1")];
  const video = sender.send("video", "camera");
  const back = receiver.send("audio", "back");
  sender.accept(await receiver.answer(await sender.offer()));
  await Promise.all([sender.connected(20_000), receiver.connected(20_000)]);
  const frames: number[] = [];
  // Each frame is named by its one byte; the loop is longer than the test.
  const player = new Player({ video: Array.from({ length: 250 }, (_, n) => [Buffer.from([n])]), audio: [] }, null, {
    get ssrc() {
      return video.ssrc;
    },
    send: (packet) => frames.push(packet.at(-1) ?? -1),
    set keyFrameWanted(wanted: () => void) {
      video.keyFrameWanted = wanted;
    },
  });
  try {
    await until(() => frames.length >= 5);
    back.send(keyFrameRequest(video.ssrc));
    await until(() => frames.lastIndexOf(0) > 0);
    assert.notEqual(frames[frames.lastIndexOf(0) - 1], 249, "it came to its end instead");
  } finally {
    player.stop();
    sender.close();
    receiver.close();
    lib.cleanup();
  }
});
