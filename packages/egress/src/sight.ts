import { type RemoteTrack, type RemoteTrackPublication, TrackKind, TrackSource } from "@livekit/rtc-node";
import type { AudioLine } from "./audioLine.ts";
import type { FrameQueue } from "./frameQueue.ts";

/** A camera or a screen. */
export interface Sight {
  /** While it is subscribed to. */
  track: RemoteTrack | null;
  publication: RemoteTrackPublication;
  /** Not subscribed to at present, by our own wish. */
  asleep: boolean;
  lastWanted: number;
  /** Width that was asked for, px; `null`: none yet. */
  width: number | null;
  queue: FrameQueue;
  muted: boolean;
  /** Since when it is not there any more, ms. */
  goneAt: number | null;
  /** Ends the taking over of frames, while they are. */
  unwatch: (() => void) | null;
}

/** Whether a camera or a screen sends at present. */
export const isOn = (sight: Sight | null): boolean => sight !== null && !sight.muted && sight.goneAt === null;

/** One person in the room, as far as the programme is concerned. */
export interface Source {
  camera: Sight | null;
  screen: Sight | null;
  /** Voices by track; a shared screen's sound is one more. */
  sounds: Map<string, AudioLine>;
}

/** Which kind is shown or played of each source; of any other nothing is. */
const kinds = new Map<TrackSource | undefined, TrackKind>([
  [TrackSource.SOURCE_CAMERA, TrackKind.KIND_VIDEO],
  [TrackSource.SOURCE_MICROPHONE, TrackKind.KIND_AUDIO],
  [TrackSource.SOURCE_SCREENSHARE, TrackKind.KIND_VIDEO],
  [TrackSource.SOURCE_SCREENSHARE_AUDIO, TrackKind.KIND_AUDIO],
]);

/**
 * What of somebody's tracks is in the programme: of each source the one with the lowest sid, also while it is muted, as
 * every page has it (`web/src/inside/features/media/chosen.ts`). Any other would be seen or heard by the public alone.
 */
export function chosenOf(publications: Iterable<RemoteTrackPublication>): ReadonlySet<RemoteTrackPublication> {
  const chosen = new Map<TrackSource | undefined, RemoteTrackPublication>();
  for (const publication of publications) {
    const other = chosen.get(publication.source);
    if (other === undefined || sidOf(publication) < sidOf(other)) chosen.set(publication.source, publication);
  }
  return new Set([...chosen.values()].filter(({ source, kind }) => kind !== undefined && kinds.get(source) === kind));
}

const sidOf = ({ sid = "" }: RemoteTrackPublication): string => sid;

/** The one of a person's that is this publication. */
export const sightOf = (source: Source | undefined, sid: string | undefined): Sight | null =>
  [source?.camera, source?.screen].find((sight) => sight?.publication.sid === sid) ?? null;

export const isSound = ({ kind }: RemoteTrackPublication): boolean => kind === TrackKind.KIND_AUDIO;
export const partOf = ({ source }: RemoteTrackPublication): "camera" | "screen" =>
  source === TrackSource.SOURCE_SCREENSHARE ? "screen" : "camera";
