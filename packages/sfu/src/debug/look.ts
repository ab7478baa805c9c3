import { TrackSource } from "@livekit/protocol";
import { allLayers } from "../engine/medooze.ts";
import type { Participant } from "../participant/participant.ts";
import { wordsOf } from "../quality/assess.ts";
import type { Room } from "../room/room.ts";
import type { Subscription } from "../track/subscription.ts";
import type { PublishedTrack } from "../track/track.ts";

/** What one track brings in of one encoding. Bit/s; sizes in pixels. */
export interface EncodingSeen {
  id: string;
  layer: number | null;
  bitrate: number;
  width: number | null;
  height: number | null;
}

export interface TrackSeen {
  sid: string;
  kind: "audio" | "video";
  source: string;
  codec: string;
  muted: boolean;
  bitrate: number;
  /** Share, 0..1. */
  lost: number;
  encodings: readonly EncodingSeen[];
}

/** A track on its way to somebody. `state`: `paused` for whatever reason, `waits` for a section of the connection. */
export interface FlowSeen {
  track: string;
  state: "flows" | "paused" | "waits";
  bitrate: number;
  /** Share that the receiver reported last, 0..1; `null`: it reported nothing in the last second. */
  lost: number | null;
  /** ms */
  roundTrip: number;
  encoding: string | null;
  /** Spatial layer; `null`: all there are. */
  layer: number | null;
}

export interface PersonSeen {
  sid: string;
  identity: string;
  name: string;
  hidden: boolean;
  recorder: boolean;
  state: "connected" | "connecting" | "without a socket";
  /** What its path is thought to carry of video, bit/s; `null`: not known. */
  estimate: number | null;
  /** What its connection suffers from, in words; `null`: nothing. */
  suffers: string | null;
  tracks: readonly TrackSeen[];
  flows: readonly FlowSeen[];
  /** How many more flows there are than were looked at. */
  more: number;
}

export interface RoomSeen {
  name: string;
  sid: string;
  /** ms since 1970. */
  createdAt: number;
  people: readonly PersonSeen[];
}

/** Of how many flows the engine is asked: a page that shows more shows nothing. */
const mostFlows = 500;

/** What one room carries now, by asking the engine. */
export async function lookAt(room: Room): Promise<RoomSeen> {
  let left = mostFlows;
  const people: PersonSeen[] = [];
  for (const participant of [...room.participants.values()]) {
    const subscriptions = [...participant.subscriptions.all.values()];
    const looked = subscriptions.slice(0, left);
    left -= looked.length;
    people.push(await lookAtPerson(participant, looked, subscriptions.length - looked.length));
  }
  return { name: room.name, sid: room.sid, createdAt: room.createdAt, people };
}

async function lookAtPerson(
  participant: Participant,
  subscriptions: readonly Subscription[],
  more: number,
): Promise<PersonSeen> {
  const { sid, identity, ticket, rights, session, wasActive } = participant;
  return {
    sid,
    identity,
    name: ticket.name,
    hidden: rights.hidden,
    recorder: rights.recorder,
    state: session === null ? "without a socket" : wasActive ? "connected" : "connecting",
    estimate: participant.subscriptions.downlink.report.estimate,
    suffers: participant.connection?.reason ? wordsOf(participant.connection.reason) : null,
    tracks: await Promise.all([...participant.tracks.values()].map(lookAtTrack)),
    flows: await Promise.all(subscriptions.map(lookAtFlow)),
    more,
  };
}

async function lookAtTrack(track: PublishedTrack): Promise<TrackSeen> {
  await track.measure();
  const stats = Object.values((await track.incoming?.getStatsAsync()) ?? {});
  return {
    sid: track.sid,
    kind: track.kind,
    source: TrackSource[track.source].toLowerCase().replaceAll("_", " "),
    codec: track.info.mimeType.split("/")[1] ?? "",
    muted: track.muted,
    bitrate: stats.reduce((sum, { bitrate }) => sum + bitrate, 0),
    lost: Math.max(0, ...stats.map(({ lostPacketsRatio }) => lostPacketsRatio ?? 0)),
    encodings: track.kind === "audio" ? [] : track.encodings,
  };
}

async function lookAtFlow({ track, outgoing }: Subscription): Promise<FlowSeen> {
  const transponder = outgoing?.getTransponder() ?? null;
  const encoding = transponder?.getSelectedEncoding() ?? null;
  const layer = transponder?.getSelectedSpatialLayerId() ?? allLayers;
  const stats = await outgoing?.getStatsAsync();
  const reported = stats?.media.reported;
  return {
    track: track.sid,
    state: outgoing === null ? "waits" : encoding === null ? "paused" : "flows",
    bitrate: stats?.bitrate ?? 0,
    lost: reported ? reported.fractionLost / 256 : null,
    roundTrip: stats?.rtt ?? 0,
    encoding,
    layer: layer === allLayers ? null : layer,
  };
}
