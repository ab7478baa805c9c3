import {
  type ClientInfo_Capability,
  type DisconnectReason,
  ParticipantInfo,
  ParticipantInfo_State,
  ParticipantPermission,
  TrackSource,
} from "@livekit/protocol";
import type { Rights, Ticket } from "../ticket/ticket.ts";
import type { PublishedTrack } from "../track/track.ts";

export interface Described {
  readonly sid: string;
  readonly ticket: Ticket;
  readonly wishes: { readonly clientProtocol: number; readonly capabilities: readonly ClientInfo_Capability[] };
  readonly tracks: ReadonlyMap<string, PublishedTrack>;
  /** Whether it has published anything, and may. */
  readonly isPublisher: boolean;
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
  const { ticket, wishes, tracks, joinedAt } = participant;
  return new ParticipantInfo({
    sid: participant.sid,
    identity: ticket.identity,
    name: ticket.name,
    metadata: ticket.metadata,
    attributes: ticket.attributes,
    state: reason === undefined ? state : ParticipantInfo_State.DISCONNECTED,
    ...(reason === undefined ? {} : { disconnectReason: reason }),
    // They end before it does.
    tracks: reason === undefined ? [...tracks.values()].map((track) => track.info) : [],
    joinedAt: BigInt(Math.floor(joinedAt / 1000)),
    joinedAtMs: BigInt(joinedAt),
    version,
    permission: permissionOf(ticket.rights),
    isPublisher: participant.isPublisher,
    kind: ticket.kind,
    clientProtocol: wishes.clientProtocol,
    capabilities: [...wishes.capabilities],
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
