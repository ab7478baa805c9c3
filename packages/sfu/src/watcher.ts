import type { ParticipantInfo } from "@livekit/protocol";
import type { Participant } from "./participant.ts";
import type { Room } from "./room.ts";
import type { PublishedTrack } from "./track.ts";

/** Is told what becomes of rooms, as it happens. Returns at once and throws nothing: media waits for nobody. */
export interface RoomWatcher {
  started(room: Room): void;
  finished(room: Room): void;
  /** Their media is connected, for the first time. */
  joined(room: Room, participant: Participant): void;
  /** `info`: how they were seen last, with the reason. */
  left(room: Room, participant: Participant, info: ParticipantInfo): void;
  published(room: Room, participant: Participant, track: PublishedTrack): void;
  unpublished(room: Room, participant: Participant, track: PublishedTrack): void;
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
