import { DataPacket, DataPacket_Kind } from "@livekit/protocol";
import type { DataKind } from "./channels.ts";

/** Who sends, as the server knows it: nothing of it is taken from the packet. */
export interface DataSender {
  sid: string;
  identity: string;
  hidden: boolean;
}

/** A packet as others get it. */
export interface Stamped {
  packet: DataPacket;
  to: Destinations;
  /** Number among its sender's reliable packets; 0: not numbered. */
  sequence: number;
}

/** Both empty: everybody. */
export interface Destinations {
  sids: readonly string[];
  identities: readonly string[];
}

/** Of one packet: more people than any room holds. */
const maxDestinations = 1000;

/**
 * A client's packet, stamped with who sent it and by which channel (LiveKit does the same). `null`: none that is passed on.
 * Transcriptions are agents' and metrics are the server's; both stop here, and so do packets of kinds that clients have
 * no business sending to each other.
 */
export function stamp(sender: DataSender, kind: DataKind, bytes: Uint8Array): Stamped | null {
  const packet = read(bytes);
  if (packet === null) return null;
  const identity = sender.hidden ? "" : sender.identity;
  packet.kind = kind === "reliable" ? DataPacket_Kind.RELIABLE : DataPacket_Kind.LOSSY;
  packet.participantSid = sender.sid;
  packet.participantIdentity = identity;
  switch (packet.value.case) {
    case "user": {
      const user = packet.value.value;
      user.participantSid = sender.hidden ? "" : sender.sid;
      user.participantIdentity = identity;
      // Older clients write destinations here, newer ones there; both are read.
      if (packet.destinationIdentities.length > 0) user.destinationIdentities = packet.destinationIdentities;
      else packet.destinationIdentities = user.destinationIdentities;
      break;
    }
    case "chatMessage":
    case "sipDtmf":
    case "rpcRequest":
    case "rpcAck":
    case "rpcResponse":
    case "streamHeader":
    case "streamChunk":
    case "streamTrailer":
    case "encryptedPacket":
      break;
    default:
      return null;
  }
  const to = destinationsOf(packet);
  if (to.sids.length + to.identities.length > maxDestinations) return null;
  return { packet, to, sequence: kind === "reliable" ? packet.sequence : 0 };
}

export const destinationsOf = (packet: DataPacket): Destinations => ({
  sids: packet.value.case === "user" ? packet.value.value.destinationSids : [],
  identities: packet.destinationIdentities,
});

/** Those of `people` that a packet is for; its sender is none of them. */
export function recipientsOf<Person extends { sid: string; identity: string }>(
  to: Destinations,
  senderSid: string | null,
  people: Iterable<Person>,
): Person[] {
  const others = [...people].filter((person) => person.sid !== senderSid);
  if (to.sids.length === 0 && to.identities.length === 0) return others;
  const sids = new Set(to.sids);
  const identities = new Set(to.identities);
  return others.filter(({ sid, identity }) => sids.has(sid) || identities.has(identity));
}

function read(bytes: Uint8Array): DataPacket | null {
  try {
    return DataPacket.fromBinary(bytes);
  } catch {
    return null;
  }
}
