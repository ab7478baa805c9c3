import type { ParticipantInfo, Room as RoomInfo } from "@livekit/protocol";
import type { Participant } from "../participant/participant.ts";
import type { PublishedTrack } from "../track/track.ts";

/** What a watcher sees of a room. */
export interface WatchedRoom {
  readonly name: string;
  readonly sid: string;
  info(): RoomInfo;
}

/** Is told what becomes of rooms, as it happens. Returns at once and throws nothing: media waits for nobody. */
export interface RoomWatcher {
  started(room: WatchedRoom): void;
  finished(room: WatchedRoom): void;
  /** Their media is connected, for the first time. */
  joined(room: WatchedRoom, participant: Participant): void;
  /** `info`: how they were seen last, with the reason. */
  left(room: WatchedRoom, participant: Participant, info: ParticipantInfo): void;
  published(room: WatchedRoom, participant: Participant, track: PublishedTrack): void;
  unpublished(room: WatchedRoom, participant: Participant, track: PublishedTrack): void;
}

const nothing = () => {};
export const noWatcher: RoomWatcher = {
  started: nothing,
  finished: nothing,
  joined: nothing,
  left: nothing,
  published: nothing,
  unpublished: nothing,
};
