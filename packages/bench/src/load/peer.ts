import type { PeerConnection, Track } from "node-datachannel";
import type { WebRtc } from "./cipher.ts";
import { payloadTypes } from "./player.ts";

/** Packets of one received stream, and those its sequence numbers say there should have been. */
class Tally {
  packets = 0;
  bytes = 0;
  #first = -1;
  #highest = -1;

  take(packet: Buffer): void {
    const sequence = packet.readUInt16BE(2);
    this.packets++;
    this.bytes += packet.length;
    if (this.#first < 0) this.#first = this.#highest = sequence;
    const ahead = (sequence - this.#highest) & 0xffff;
    if (ahead < 0x8000) this.#highest += ahead;
  }

  get expected(): number {
    return this.#first < 0 ? 0 : this.#highest - this.#first + 1;
  }
}

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
    });
    this.pc.onTrack((track) => this.#receive(track));
  }

  /** A section to receive in. */
  receive(kind: "audio" | "video"): void {
    this.#receive(this.pc.addTrack(this.#section(kind, "RecvOnly")));
  }

  /** A section to send in, and how. `cid`: the track's id in it. */
  send(kind: "audio" | "video", cid: string): { ssrc: number; send(packet: Buffer): void } {
    const ssrc = ++ssrcs + process.pid * 1000;
    const section = this.#section(kind, "SendOnly");
    section.addSSRC(ssrc, "load", "load", cid);
    const track = this.pc.addTrack(section);
    this.#tracks.push(track);
    return { ssrc, send: (packet) => track.isOpen() && track.sendMessageBinary(packet) };
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
