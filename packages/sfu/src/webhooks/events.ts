import { ParticipantInfo, Room as RoomInfo, WebhookEvent } from "@livekit/protocol";
import { newEventId } from "../base/ids.ts";
import type { Participant } from "../participant/participant.ts";
import type { RoomWatcher, WatchedRoom } from "../room/watcher.ts";
import type { PublishedTrack } from "../track/track.ts";

type EventName =
  | "room_started"
  | "room_finished"
  | "participant_joined"
  | "participant_left"
  | "participant_connection_aborted"
  | "track_published"
  | "track_unpublished";
type Contents = Omit<ConstructorParameters<typeof WebhookEvent>[0] & object, "event" | "id" | "createdAt">;

/** Puts what happens in rooms into LiveKit's webhook events, with as much in each as LiveKit has. */
export function eventsOf(send: (room: string, event: WebhookEvent) => void): RoomWatcher {
  const tell = (room: WatchedRoom, event: EventName, contents: Contents) =>
    send(
      room.name,
      new WebhookEvent({ ...contents, event, id: newEventId(), createdAt: BigInt(Math.floor(Date.now() / 1000)) }),
    );
  /** Of a track's event, room and participant have their names only. */
  const aboutTrack = (event: EventName) => (room: WatchedRoom, participant: Participant, track: PublishedTrack) =>
    tell(room, event, {
      room: new RoomInfo({ sid: room.sid, name: room.name }),
      participant: new ParticipantInfo({ sid: participant.sid, identity: participant.identity }),
      track: track.info.clone(),
    });
  return {
    started: (room) => tell(room, "room_started", { room: room.info() }),
    finished: (room) => tell(room, "room_finished", { room: room.info() }),
    joined: (room, participant) =>
      tell(room, "participant_joined", { room: room.info(), participant: participant.info() }),
    left: (room, participant, info) =>
      tell(room, participant.wasActive ? "participant_left" : "participant_connection_aborted", {
        room: room.info(),
        participant: info,
      }),
    published: aboutTrack("track_published"),
    unpublished: aboutTrack("track_unpublished"),
  };
}
