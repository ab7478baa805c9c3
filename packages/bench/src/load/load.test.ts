import assert from "node:assert/strict";
import { test } from "node:test";
import { type Cipher, webRtcWith } from "./cipher.ts";
import type { Media } from "./media.ts";
import { Peer } from "./peer.ts";
import { Player } from "./player.ts";

const media: Media = {
  video: [[Buffer.alloc(1150, 1), Buffer.alloc(300, 2)], [Buffer.alloc(700, 3)]],
  audio: [Buffer.alloc(80, 4)],
};

async function until(holds: () => boolean): Promise<void> {
  const start = Date.now();
  while (!holds()) {
    if (Date.now() - start > 20_000) throw new Error("It did not happen within 20 s.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

for (const cipher of ["gcm", "cm"] satisfies Cipher[])
  test(`a load client counts each packet that another one plays to it, by ${cipher}`, { timeout: 30_000 }, async () => {
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
