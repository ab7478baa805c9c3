import {
  type AddTrackRequest,
  AudioTrackFeature,
  type MuteTrackRequest,
  RequestResponse_Reason,
  TrackType,
  type UpdateLocalAudioTrack,
  type UpdateLocalVideoTrack,
} from "@livekit/protocol";
import type { Kind } from "../engine/medooze.ts";
import type { Participant } from "../participant/participant.ts";
import type { Room } from "../room/room.ts";
import { mayPublish } from "../ticket/ticket.ts";
import type { PublishedTrack } from "../track/track.ts";
import { type Asked, refuseRate, respond } from "./respond.ts";

const { LIMIT_EXCEEDED, NOT_ALLOWED, NOT_FOUND, UNSUPPORTED_TYPE } = RequestResponse_Reason;
const maxFeatures = 16;

/** A track that its client means to publish: it gets its sid, or hears why not. */
export function addTrack(participant: Participant, request: AddTrackRequest): void {
  const asked: Asked = { case: "addTrack", value: request };
  if (!participant.limits.allow("addTrack")) {
    refuseRate(participant, asked);
    return;
  }
  const track = participant.publications.announce(request);
  if (track) participant.session?.send({ case: "trackPublished", value: { cid: request.cid, track: track.info } });
  else if (!mayPublish(participant.rights, request.source))
    respond(participant, asked, NOT_ALLOWED, { message: "does not have permission to publish this source" });
  else if (request.type === TrackType.DATA) respond(participant, asked, UNSUPPORTED_TYPE);
  else respond(participant, asked, LIMIT_EXCEEDED, { message: "too many tracks, or too much said of one" });
}

/** Muting is always heard; unmuting, without which muting again changes nothing, is bounded. */
export function mute(participant: Participant, request: MuteTrackRequest): void {
  const asked: Asked = { case: "mute", value: request };
  if (!request.muted && !participant.limits.allow("change")) {
    refuseRate(participant, asked);
    return;
  }
  if (participant.publications.mute(request.sid, request.muted) === null) respond(participant, asked, NOT_FOUND);
}

export const updateAudioTrack = (room: Room, participant: Participant, update: UpdateLocalAudioTrack): void =>
  describe(room, participant, "audio", { case: "updateAudioTrack", value: update }, ({ info }) => {
    const features = [...new Set(update.features)].slice(0, maxFeatures);
    info.audioFeatures = features;
    info.stereo = features.includes(AudioTrackFeature.TF_STEREO);
    info.disableDtx = features.includes(AudioTrackFeature.TF_NO_DTX);
  });

export const updateVideoTrack = (room: Room, participant: Participant, update: UpdateLocalVideoTrack): void =>
  describe(room, participant, "video", { case: "updateVideoTrack", value: update }, ({ info }) => {
    info.width = update.width;
    info.height = update.height;
  });

/** Changes what is said of one's own track, and tells everybody if it is published. */
function describe(
  room: Room,
  participant: Participant,
  kind: Kind,
  asked: Extract<Asked, { case: "updateAudioTrack" | "updateVideoTrack" }>,
  change: (track: PublishedTrack) => void,
): void {
  if (!participant.limits.allow("change")) {
    refuseRate(participant, asked);
    return;
  }
  const track = participant.publications.find(asked.value.trackSid);
  if (track === null) {
    respond(participant, asked, NOT_FOUND);
    return;
  }
  if (track.kind !== kind) return;
  change(track);
  if (participant.tracks.has(track.sid)) room.changed(participant);
}
