import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { AddTrackRequest, TrackSource, TrackType } from "@livekit/protocol";
import { AccessToken } from "livekit-server-sdk";
import { pino } from "pino";
import { newIdentity, Peer } from "../../contract/kit/peer.ts";
import { freePort } from "../../contract/kit/server.ts";
import { headerLength } from "../../contract/kit/srtp.ts";
import { until } from "../../contract/kit/wait.ts";
import { type Sfu, startSfu } from "../sfu.ts";

const api = { key: "large", secret: "a secret of the test's own" };
const ssrc = 0x5eed0001;

/** Two media threads with one person each: pictures go to the other one by a mirror (engine/mirrors.ts). */
describe("a picture that is too large for whoever would decode it", { timeout: 180_000 }, () => {
  let sfu: Sfu;
  let url: string;
  const told: { msg?: string }[] = [];
  const peers: Peer[] = [];

  before(async () => {
    const port = await freePort();
    const log = pino({ level: "warn" }, { write: (line: string) => told.push(JSON.parse(line)) });
    const publicIps = ["127.0.0.1"];
    const settings = { httpPort: port, udpPort: port, threads: 2, peoplePerThread: 1, publicIps, api, log };
    const started = await startSfu(settings);
    assert.ok("port" in started, JSON.stringify(started));
    sfu = started;
    url = `ws://127.0.0.1:${port}`;
  });
  after(async () => {
    await Promise.all(peers.map((peer) => peer.leave()));
    sfu.stop();
  });

  async function enter(identity: string, direction: "sendonly" | "recvonly"): Promise<Peer> {
    const token = new AccessToken(api.key, api.secret, { identity, ttl: 60 });
    token.addGrant({ roomJoin: true, room: "large" });
    const camera = new AddTrackRequest({ cid: "camera", type: TrackType.VIDEO, source: TrackSource.CAMERA });
    const peer = await Peer.meet(url, await token.toJwt(), {
      identity: newIdentity(),
      direction,
      tracks: direction === "sendonly" ? [camera] : [],
      offer: (fingerprint) => offer(fingerprint, direction),
    });
    peers.push(peer);
    peer.stay();
    return peer;
  }

  it("reaches nobody, on no thread, nor what builds on it; a smaller one after it does, and a log says so once", async () => {
    const sender = await enter("sender", "sendonly");
    const near = await enter("near", "recvonly");
    const far = await enter("far", "recvonly");
    const arrived = new Map([near, far].map((peer) => [peer, noteOf(peer)]));
    const have = (size: number) =>
      [...arrived.values()].every((packets) => packets.some((packet) => packet.size === size));
    for (const peer of [near, far, sender]) await peer.shakeHands();
    await until("all are connected", () => peers.every((peer) => peer.isActive));
    assert.ok(sfu.mirrors() > 0, "somebody is on the other thread");

    let sequence = 100;
    const send = (payload: Buffer) => sender.send(sender.protector.protect(rtp(++sequence, payload)));
    await until("honest pictures arrive", () => {
      send(keyFrame(640, 360, 40));
      return have(40);
    });
    for (const [width, height] of [
      [8192, 8192],
      [16383, 16383],
    ] as const) {
      send(keyFrame(width, height, 500));
      send(furtherPart(501));
      send(delta(502));
    }
    send(keyFrame(1280, 720, 60));
    send(delta(61));
    await until("honest pictures arrive again", () => have(60) && have(61));
    for (const packets of arrived.values()) {
      assert.deepEqual(
        packets.filter(({ size }) => size >= 500),
        [],
      );
      const numbers = packets.map((packet) => packet.sequence).sort((a, b) => a - b);
      const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
      assert.equal(new Set(numbers).size, last - first + 1, "there is no hole that receivers would take for loss");
    }

    const warnings = () => told.filter(({ msg }) => msg === "track.too-large").length;
    await until("the log says so", () => warnings() > 0);
    send(keyFrame(8192, 8192, 500));
    send(keyFrame(1280, 720, 62));
    await until("it is told of another one", () => have(62));
    assert.equal(warnings(), 1);
  });
});

/** What arrives, by the sizes of payloads: without the header before them and GCM's tag behind. */
function noteOf(peer: Peer): { sequence: number; size: number }[] {
  const packets: { sequence: number; size: number }[] = [];
  peer.onPacket = (packet) =>
    packets.push({ sequence: packet.readUInt16BE(2), size: packet.length - headerLength(packet) - 16 });
  return packets;
}

/** VP8 that no decoder would show, and that says its size all the same (RFC 7741 before RFC 6386). */
function keyFrame(width: number, height: number, bytes: number): Buffer {
  const payload = Buffer.alloc(bytes);
  payload.set([0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a]);
  payload.writeUInt16LE(width, 7);
  payload.writeUInt16LE(height, 9);
  return payload;
}

const delta = (bytes: number): Buffer => Buffer.concat([Buffer.from([0x10, 0x11]), Buffer.alloc(bytes - 2)]);

const furtherPart = (bytes: number): Buffer => Buffer.alloc(bytes);

function rtp(sequence: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(12);
  header[0] = 0x80;
  header[1] = 0x80 | 96;
  header.writeUInt16BE(sequence, 2);
  header.writeUInt32BE(sequence * 3000, 4);
  header.writeUInt32BE(ssrc, 8);
  return Buffer.concat([header, payload]);
}

const offer = (fingerprint: string, direction: "sendonly" | "recvonly"): string =>
  [
    ...["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE 0"],
    ...["m=video 9 UDP/TLS/RTP/SAVPF 96", "c=IN IP4 0.0.0.0", "a=rtcp-mux", "a=mid:0"],
    ...["a=ice-ufrag:peer", "a=ice-pwd:apasswordoftwentyfourletters"],
    ...[`a=fingerprint:sha-256 ${fingerprint}`, "a=setup:actpass", `a=${direction}`, "a=rtpmap:96 VP8/90000"],
    ...(direction === "sendonly" ? ["a=msid:peer camera", `a=ssrc:${ssrc} cname:peer`] : []),
    "",
  ].join("\r\n");
