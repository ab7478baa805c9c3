import {
  type DisconnectReason,
  ParticipantInfo,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
  TrackSource,
} from "@livekit/protocol";
import type { Rights, Ticket } from "./ticket.ts";
import type { PublishedTrack } from "./track.ts";

export interface Described {
  readonly sid: string;
  readonly ticket: Ticket;
  readonly tracks: ReadonlyMap<string, PublishedTrack>;
  /** ms since 1970. */
  readonly joinedAt: number;
}

/** How a participant is now, as others and the server API see it. `reason`: it is gone, for this. */
export function infoOf(
  participant: Described,
  state: ParticipantInfo_State,
  version: number,
  reason?: DisconnectReason,
): ParticipantInfo {
  const { ticket, tracks, joinedAt } = participant;
  return new ParticipantInfo({
    sid: participant.sid,
    identity: ticket.identity,
    name: ticket.name,
    metadata: ticket.metadata,
    attributes: ticket.attributes,
    state: reason === undefined ? state : ParticipantInfo_State.DISCONNECTED,
    ...(reason === undefined ? {} : { disconnectReason: reason }),
    tracks: [...tracks.values()].map((track) => track.info),
    joinedAt: BigInt(Math.floor(joinedAt / 1000)),
    joinedAtMs: BigInt(joinedAt),
    version,
    permission: permissionOf(ticket.rights),
    isPublisher: tracks.size > 0,
    kind: ticket.rights.recorder ? ParticipantInfo_Kind.EGRESS : ParticipantInfo_Kind.STANDARD,
  });
}

const permissionOf = (rights: Rights): ParticipantPermission =>
  new ParticipantPermission({
    canPublish: rights.canPublish,
    canPublishData: rights.canPublishData,
    canPublishSources: rights.canPublishSources.filter((source) => source !== TrackSource.UNKNOWN),
    canSubscribe: rights.canSubscribe,
    canUpdateMetadata: rights.canUpdateMetadata,
    hidden: rights.hidden,
    recorder: rights.recorder,
  });
