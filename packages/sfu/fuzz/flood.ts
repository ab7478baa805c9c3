import { createSocket, type Socket } from "node:dgram";
import { ssrc } from "../contract/kit/peer.ts";
import type { ServerUnderTest } from "../contract/kit/server.ts";
import { dtls, type Known, rtcp, rtp, stun } from "./datagrams.ts";
import { Member } from "./member.ts";
import type { Random } from "./random.ts";

/**
 * Datagrams to the media port: from machines nobody knows, under the addresses of those who speak in the room, and from
 * two members whose packets bear good keys and who receive each other.
 */
export class Flood {
  readonly counts: Record<
    "outside" | "stolen" | "forged" | "replayed" | "media" | "control" | "wild" | "data" | "members",
    number
  > = { outside: 0, stolen: 0, forged: 0, replayed: 0, media: 0, control: 0, wild: 0, data: 0, members: 0 };
  readonly #server: ServerUnderTest;
  readonly #random: Random;
  readonly #room: string;
  readonly #strangers: Socket[] = [];
  /** Sockets at the addresses of others (`PeerOptions.shared`). */
  readonly #thieves: Socket[] = [];
  #members: Member[] = [];

  constructor(server: ServerUnderTest, random: Random, room: string) {
    this.#server = server;
    this.#random = random;
    this.#room = room;
  }

  /** @param victims ports on 127.0.0.1 from which packets are to be forged */
  async begin(victims: readonly number[]): Promise<void> {
    for (let host = 2; host < 10; host++) this.#strangers.push(await bound(createSocket("udp4"), 0, `127.0.0.${host}`));
    for (const port of victims)
      this.#thieves.push(await bound(createSocket({ type: "udp4", reuseAddr: true }), port, "127.0.0.1"));
    await this.#join();
    await this.#join();
  }

  /** Sends one datagram of some kind. */
  async send(): Promise<void> {
    const random = this.#random;
    if (this.#members.length < 2 || this.#members.some(({ peer }) => peer.isOut) || random.chance(0.0002))
      await this.#join();
    const member = this.#members[random.below(this.#members.length)];
    if (member === undefined) return;
    const { peer, sent } = member;
    const sources = [...member.sources, ssrc, 0xffffffff];
    const old = sent[random.below(sent.length)] ?? random.bytes(40);
    const kind = random.next();
    if (kind < 0.2) {
      this.#from(this.#strangers, this.#unknown(peer.server, sources));
      this.counts.outside += 1;
    } else if (kind < 0.3) {
      // Under the address of somebody who speaks or listens: without their keys, or with another member's.
      this.#from(this.#thieves, random.chance(0.3) ? old : this.#unknown({ ufrag: "nobody", pwd: "nothing" }, sources));
      this.counts.stolen += 1;
    } else if (kind < 0.35) {
      // Somebody else's good packet from an address that is not theirs.
      this.#from(this.#strangers, old);
      this.counts.forged += 1;
    } else if (kind < 0.4) {
      peer.send(old);
      this.counts.replayed += 1;
    } else if (kind < 0.5) {
      if (member.speak()) this.counts.data += 1;
    } else if (kind < 0.75) {
      peer.send(member.media());
      this.counts.media += 1;
    } else if (kind < 0.9) {
      peer.send(member.control());
      this.counts.control += 1;
    } else {
      const plain = random.chance(0.5) ? rtp(random, sources) : rtcp(random, sources);
      const packets = [
        () => member.protect(plain),
        () => plain,
        () => random.mutated(old),
        () => stun(random, peer.server),
        () => dtls(random),
      ];
      peer.send(packets[random.below(packets.length)]?.() ?? plain);
      this.counts.wild += 1;
    }
  }

  async end(): Promise<void> {
    for (const socket of [...this.#strangers, ...this.#thieves]) socket.close();
    for (const { peer } of this.#members) await peer.leave();
  }

  /** The newer of the two goes on; a new one comes, who receives its tracks. */
  async #join(): Promise<void> {
    const staying = this.#members.filter(({ peer }) => !peer.isOut).at(-1);
    for (const member of this.#members) if (member !== staying) await member.peer.leave();
    this.#members = staying === undefined ? [] : [staying];
    const ticket = await this.#server.ticket(`member${++this.counts.members}`, { room: this.#room });
    const member = await Member.join(this.#random, this.#server.url, ticket);
    if (member !== null) this.#members.push(member);
  }

  #unknown(known: Known, sources: readonly number[]): Buffer {
    const random = this.#random;
    switch (random.below(5)) {
      case 0:
        return stun(random, random.chance(0.5) ? known : { ufrag: "nobody", pwd: "nothing" });
      case 1:
        return dtls(random);
      case 2:
        return rtp(random, sources);
      case 3:
        return rtcp(random, sources);
      default:
        return random.bytes(random.below(1500));
    }
  }

  #from(sockets: readonly Socket[], datagram: Buffer): void {
    const { port } = this.#members[0]?.peer.server ?? { port: 0 };
    sockets[this.#random.below(sockets.length)]?.send(datagram, port, "127.0.0.1");
  }
}

async function bound(socket: Socket, port: number, address: string): Promise<Socket> {
  socket.on("error", () => {});
  await new Promise<void>((resolve) => socket.bind(port, address, resolve));
  return socket;
}
