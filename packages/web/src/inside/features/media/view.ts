import { type Participant, RemoteTrack, type Room, Track } from "livekit-client";

export interface PersonMedia {
  camera: RemoteTrack | null;
  microphone: RemoteTrack | null;
  screen: RemoteTrack | null;
  screenSound: RemoteTrack | null;
  microphoneOn: boolean;
  cameraOn: boolean;
  speaking: boolean;
}

/** What comes from everybody in the room, by seat (a LiveKit identity is a seat). Oneself is not in it. */
export function peopleOf(room: Room): ReadonlyMap<string, PersonMedia> {
  return new Map([...room.remoteParticipants].map(([seat, participant]) => [seat, mediaOf(participant)]));
}

function mediaOf(participant: Participant): PersonMedia {
  return {
    camera: heard(participant, Track.Source.Camera),
    microphone: heard(participant, Track.Source.Microphone),
    screen: heard(participant, Track.Source.ScreenShare),
    screenSound: heard(participant, Track.Source.ScreenShareAudio),
    microphoneOn: participant.isMicrophoneEnabled,
    cameraOn: participant.isCameraEnabled,
    speaking: participant.isSpeaking,
  };
}

/** The track, when it has come and is not muted. */
function heard(participant: Participant, source: Track.Source): RemoteTrack | null {
  const publication = participant.getTrackPublication(source);
  if (!publication || publication.isMuted) return null;
  return publication.track instanceof RemoteTrack ? publication.track : null;
}

/** Loudest first, without oneself. */
export const activeOf = (room: Room): string[] =>
  room.activeSpeakers.filter((participant) => !participant.isLocal).map(({ identity }) => identity);
