import { DataPacket, DataPacket_Kind, UserPacket } from "@livekit/protocol";
import type { DataKind } from "./channels.ts";
import type { Mailbox } from "./mailbox.ts";
import { destinationsOf, recipientsOf, stamp } from "./packets.ts";
import { ServerCalls } from "./serverCalls.ts";

/** Somebody in the room, as far as data packets go. */
export interface PostPerson {
  readonly sid: string;
  readonly identity: string;
  readonly rights: { readonly hidden: boolean };
  readonly mailbox: Pick<Mailbox, "send" | "isNew">;
}

/** What the server API sends (RoomService.SendData). */
export interface ServerData {
  kind: DataKind;
  payload: Uint8Array;
  topic?: string | undefined;
  destinationSids: readonly string[];
  destinationIdentities: readonly string[];
  /** 16 bytes: the same again is not sent again. */
  nonce: Uint8Array;
}

/** As many nonces as LiveKit remembers. */
const maxNonces = 100;

/** Data packets of one room: who gets what. */
export class Post {
  readonly #people: () => Iterable<PostPerson>;
  /** What the server itself asks of clients. */
  readonly calls = new ServerCalls();
  readonly #nonces = new Set<string>();

  constructor(people: () => Iterable<PostPerson>) {
    this.#people = people;
  }

  /** A packet of a client that may send; to how many it goes. */
  deliver(sender: PostPerson, kind: DataKind, bytes: Uint8Array): number {
    const { sid, identity, rights } = sender;
    const stamped = stamp({ sid, identity, hidden: rights.hidden }, kind, bytes);
    if (stamped === null) return 0;
    // After a resume clients send again what they are not sure of.
    if (stamped.sequence > 0 && !sender.mailbox.isNew(stamped.sequence)) return 0;
    if (this.calls.hear(sender.sid, stamped.packet)) return 0;
    return this.#send(stamped.packet, kind, sender.sid);
  }

  /** A packet of the server's own. */
  send(data: ServerData): void {
    const packet = new DataPacket({
      kind: data.kind === "reliable" ? DataPacket_Kind.RELIABLE : DataPacket_Kind.LOSSY,
      destinationIdentities: [...data.destinationIdentities],
      value: {
        case: "user",
        value: new UserPacket({
          payload: data.payload,
          destinationSids: [...data.destinationSids],
          destinationIdentities: [...data.destinationIdentities],
          nonce: data.nonce,
          ...(data.topic === undefined ? {} : { topic: data.topic }),
        }),
      },
    });
    this.#send(packet, data.kind, null);
  }

  #send(packet: DataPacket, kind: DataKind, senderSid: string | null): number {
    if (packet.value.case === "user" && this.#isRepeated(packet.value.value.nonce)) return 0;
    const recipients = recipientsOf(destinationsOf(packet), senderSid, this.#people());
    if (recipients.length === 0) return 0;
    // Written once; all receivers' queues share it.
    const bytes = Buffer.from(packet.toBinary());
    for (const { mailbox } of recipients) mailbox.send(kind, bytes);
    return recipients.length;
  }

  #isRepeated(nonce: Uint8Array): boolean {
    if (nonce.length !== 16) return false;
    const key = Buffer.from(nonce).toString("hex");
    if (this.#nonces.has(key)) return true;
    this.#nonces.add(key);
    if (this.#nonces.size > maxNonces) for (const oldest of this.#nonces) return !this.#nonces.delete(oldest);
    return false;
  }
}
