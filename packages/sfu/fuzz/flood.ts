import { createSocket, type Socket } from "node:dgram";
import { AddTrackRequest, TrackSource, TrackType } from "@livekit/protocol";
import { newIdentity, Peer, Refused, ssrc } from "../contract/kit/peer.ts";
import type { ServerUnderTest } from "../contract/kit/server.ts";
import type { Protector } from "../contract/kit/srtp.ts";
import { dtls, rtcp, rtp, sctp, stun } from "./datagrams.ts";
import { plainOffer } from "./offers.ts";
import type { Random } from "./random.ts";

/** Those that `plainOffer` names. */
const tracks = [0, 1, 2, 3].flatMap((n) => [
  new AddTrackRequest({ cid: `voice${n}`, type: TrackType.AUDIO, source: TrackSource.MICROPHONE }),
  new AddTrackRequest({ cid: `face${n}`, type: TrackType.VIDEO, source: TrackSource.CAMERA, width: 640, height: 360 }),
]);

/** Datagrams to the media port: from machines nobody knows, and from a member whose packets bear good keys. */
export class Flood {
  readonly counts: Record<"outside" | "forged" | "member" | "replayed" | "data" | "members", number> = {
    outside: 0,
    forged: 0,
    member: 0,
    replayed: 0,
    data: 0,
    members: 0,
  };
  readonly #server: ServerUnderTest;
  readonly #random: Random;
  readonly #room: string;
  readonly #strangers: Socket[] = [];
  readonly #sent: Buffer[] = [];
  /** `sources`: what its offer says that it sends. */
  #member: { peer: Peer; protector: Protector; sources: number[] } | null = null;

  constructor(server: ServerUnderTest, random: Random, room: string) {
    this.#server = server;
    this.#random = random;
    this.#room = room;
  }

  async begin(): Promise<void> {
    for (let host = 2; host < 10; host++) {
      const socket = createSocket("udp4");
      socket.on("error", () => {});
      await new Promise<void>((resolve) => socket.bind(0, `127.0.0.${host}`, resolve));
      this.#strangers.push(socket);
    }
    await this.#join();
  }

  /** Sends one datagram of some kind. */
  async send(): Promise<void> {
    const random = this.#random;
    if (this.#member === null || this.#member.peer.isOut || random.chance(0.0002)) await this.#join();
    const member = this.#member;
    if (member === null) return;
    const { peer } = member;
    const known = { ufrag: peer.server.ufrag, pwd: peer.server.pwd };
    const sources = [...member.sources, ssrc, 0xffffffff];
    const kind = random.next();
    if (kind < 0.35) {
      const guess = random.chance(0.5) ? known : { ufrag: "nobody", pwd: "nothing" };
      const unknown = [
        () => stun(random, guess),
        () => dtls(random),
        () => rtp(random, sources),
        () => rtcp(random, sources),
        () => random.bytes(random.below(1500)),
      ];
      this.#strangely((unknown[random.below(unknown.length)] ?? unknown[0]!)());
      this.counts.outside += 1;
    } else if (kind < 0.45 && this.#sent.length > 0) {
      // Somebody else's good packet from an address that is not theirs.
      this.#strangely(this.#sent[random.below(this.#sent.length)] ?? Buffer.alloc(0));
      this.counts.forged += 1;
    } else if (kind < 0.5 && this.#sent.length > 0) {
      peer.send(this.#sent[random.below(this.#sent.length)] ?? Buffer.alloc(0));
      this.counts.replayed += 1;
    } else if (kind < 0.55) {
      peer.sendData(sctp(random));
      this.counts.data += 1;
    } else {
      const plain = random.chance(0.5) ? rtp(random, sources) : rtcp(random, sources);
      const isRtcp = (plain[1] ?? 0) >= 192 && (plain[1] ?? 0) <= 223;
      const encrypted = isRtcp ? member.protector.protectControl(plain) : member.protector.protect(plain);
      const packets = [
        encrypted,
        encrypted,
        encrypted,
        plain,
        random.mutated(encrypted),
        stun(random, known),
        dtls(random),
      ];
      const packet = packets[random.below(packets.length)] ?? encrypted;
      peer.send(packet);
      if (this.#sent.push(encrypted) > 500) this.#sent.shift();
      this.counts.member += 1;
    }
  }

  async end(): Promise<void> {
    for (const socket of this.#strangers) socket.close();
    await this.#member?.peer.stop();
  }

  /** A member with a camera and a voice and every header extension, so that each parser of the engine is behind a door that opens. */
  async #join(): Promise<void> {
    await this.#member?.peer.stop();
    this.#member = null;
    const ticket = await this.#server.ticket(`member${++this.counts.members}`, { room: this.#room });
    const offer = plainOffer(this.#random, 4).replaceAll("ufrag:fuzz", "ufrag:peer");
    const peer = await Peer.meet(this.#server.url, ticket, {
      identity: newIdentity(),
      direction: "sendonly",
      tracks,
      offer: (fingerprint) => offer.replaceAll(/sha-256 \S+/g, `sha-256 ${fingerprint}`),
    }).catch((error: unknown) => {
      if (error instanceof Refused) return null;
      throw error;
    });
    if (peer === null) return;
    await peer.shakeHands();
    peer.stay();
    const sources = [...offer.matchAll(/^a=ssrc:(\d+) /gm)].map(([, source]) => Number(source));
    this.#member = { peer, protector: peer.protector, sources };
  }

  #strangely(datagram: Buffer): void {
    const { port } = this.#member?.peer.server ?? { port: 0 };
    this.#strangers[this.#random.below(this.#strangers.length)]?.send(datagram, port, "127.0.0.1");
  }
}
