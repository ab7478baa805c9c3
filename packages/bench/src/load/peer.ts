import type { PeerConnection, Track } from "node-datachannel";
import type { WebRtc } from "./cipher.ts";
import { payloadTypes, type Source } from "./player.ts";
import { asksForKeyFrame } from "./rtcp.ts";
import { Tally } from "./tally.ts";

export interface Count {
  packets: number;
  bytes: number;
  /** Packets that the sequence numbers tell of. */
  expected: number;
  /** Streams that have begun to arrive. */
  streams: number;
}

let names = 0;
let ssrcs = 1000;

/** One peer connection of node-datachannel: the whole offer or answer at once, packets counted and forgotten. */
export class Peer {
  readonly pc: PeerConnection;
  readonly #lib: WebRtc;
  /** Kept: what is not referred to is collected, and its connection with it. */
  readonly #tracks: Track[] = [];
  readonly #tallies = new Map<number, Tally>();
  #mids = 0;

  constructor(lib: WebRtc, address: string) {
    this.#lib = lib;
    this.pc = new lib.PeerConnection(`load-${++names}`, {
      iceServers: [],
      bindAddress: address,
      disableAutoNegotiation: true,
      forceMediaTransport: true,
      // libdatachannel starts ICE with an answer before it keeps the fingerprint in it. A server that sends checks of its own (LiveKit) may have DTLS
      // done in between, and is refused with "unknown CA" (libdatachannel, pull request 1612).
      disableFingerprintVerification: true,
    });
    this.pc.onTrack((track) => this.#receive(track));
  }

  /** A section to receive in. */
  receive(kind: "audio" | "video"): void {
    this.#receive(this.pc.addTrack(this.#section(kind, "RecvOnly")));
  }

  /** A section to send in, and how. `cid`: the track's id in it. */
  send(kind: "audio" | "video", cid: string): Source {
    const ssrc = ++ssrcs + process.pid * 1000;
    const section = this.#section(kind, "SendOnly");
    section.addSSRC(ssrc, "load", "load", cid);
    const track = this.pc.addTrack(section);
    this.#tracks.push(track);
    const source: Source = { ssrc, send: (packet) => track.isOpen() && track.sendMessageBinary(packet) };
    track.onMessage((packet) => {
      if (asksForKeyFrame(packet)) source.keyFrameWanted?.();
    });
    return source;
  }

  /** Until DTLS is done; fails when it does, or after so long. */
  async connected(milliseconds: number): Promise<void> {
    const until = Date.now() + milliseconds;
    while (this.pc.state() !== "connected") {
      if (this.pc.state() === "failed" || this.pc.state() === "closed" || Date.now() > until)
        throw new Error(`A load client's connection is ${this.pc.state()}.`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async offer(): Promise<string> {
    this.pc.setLocalDescription("offer");
    return this.#described();
  }

  async answer(offer: string): Promise<string> {
    this.pc.setRemoteDescription(offer, "offer");
    this.pc.setLocalDescription("answer");
    return this.#described();
  }

  accept(answer: string): void {
    this.pc.setRemoteDescription(answer, "answer");
  }

  count(): Count {
    const sum: Count = { packets: 0, bytes: 0, expected: 0, streams: this.#tallies.size };
    for (const { packets, bytes, expected } of this.#tallies.values()) {
      sum.packets += packets;
      sum.bytes += bytes;
      sum.expected += expected;
    }
    return sum;
  }

  close(): void {
    this.pc.close();
  }

  #section(kind: "audio" | "video", direction: "SendOnly" | "RecvOnly") {
    const section = new this.#lib[kind === "audio" ? "Audio" : "Video"](String(this.#mids++), direction);
    if (section instanceof this.#lib.Audio) section.addOpusCodec(payloadTypes.audio);
    else {
      section.addVP8Codec(payloadTypes.video);
      section.addRTXCodec(payloadTypes.rtx, payloadTypes.video, 90_000);
    }
    return section;
  }

  #receive(track: Track): void {
    this.#tracks.push(track);
    track.onMessage((packet) => {
      const type = packet[1] ?? 0;
      // RTCP shares the transport (RFC 5761).
      if (type >= 192 && type <= 223) return;
      const ssrc = packet.readUInt32BE(8);
      const tally = this.#tallies.get(ssrc) ?? new Tally();
      this.#tallies.set(ssrc, tally);
      tally.take(packet);
    });
  }

  #described(): Promise<string> {
    const done = () => this.pc.gatheringState() === "complete";
    const text = () => this.pc.localDescription()?.sdp ?? "";
    if (done()) return Promise.resolve(text());
    return new Promise((resolve) => this.pc.onGatheringStateChange(() => done() && resolve(text())));
  }
}
