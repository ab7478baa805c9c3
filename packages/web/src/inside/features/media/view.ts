import { type Participant, RemoteTrack, type Room, Track } from "livekit-client";
import { chosenOf } from "./chosen.ts";

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
    microphoneOn: isOn(participant, Track.Source.Microphone),
    cameraOn: isOn(participant, Track.Source.Camera),
    speaking: participant.isSpeaking,
  };
}

const publicationOf = ({ trackPublications }: Participant, source: Track.Source) =>
  chosenOf(trackPublications.values(), source);

const isOn = (participant: Participant, source: Track.Source): boolean =>
  publicationOf(participant, source)?.isMuted === false;

/** The track, when it has come and is not muted. */
function heard(participant: Participant, source: Track.Source): RemoteTrack | null {
  const publication = publicationOf(participant, source);
  if (!publication || publication.isMuted) return null;
  return publication.track instanceof RemoteTrack ? publication.track : null;
}

/** Loudest first, without oneself. */
export const activeOf = (room: Room): string[] =>
  room.activeSpeakers.filter((participant) => !participant.isLocal).map(({ identity }) => identity);
