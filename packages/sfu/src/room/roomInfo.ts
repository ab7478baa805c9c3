import { Room as RoomInfo } from "@livekit/protocol";
import type { Pictures } from "../base/customs.ts";
import { publishableCodecs } from "../sdp/capabilities.ts";
import type { People } from "./people.ts";

export interface RoomOptions {
  metadata: string;
  /** s without anybody before the first comes, and after the last has gone. */
  emptyTimeout: number;
  departureTimeout: number;
  /** 0: any number. */
  maxParticipants: number;
}

/** LiveKit's own defaults. */
export const defaultRoomOptions: RoomOptions = {
  metadata: "",
  emptyTimeout: 300,
  departureTimeout: 20,
  maxParticipants: 0,
};

export interface Described {
  readonly sid: string;
  readonly name: string;
  /** ms since 1970. */
  readonly createdAt: number;
  readonly pictures: Pictures;
}

/** How a room is now, as its people and the server API see it. */
export function infoOf({ sid, name, createdAt, pictures }: Described, options: RoomOptions, people: People): RoomInfo {
  const seen = people.visible;
  return new RoomInfo({
    sid,
    name,
    ...options,
    creationTime: BigInt(Math.floor(createdAt / 1000)),
    creationTimeMs: BigInt(createdAt),
    enabledCodecs: [...publishableCodecs[pictures]],
    numParticipants: seen.filter(({ rights }) => !rights.recorder).length,
    numPublishers: seen.filter(({ isPublisher }) => isPublisher).length,
    // That somebody records is never a secret, though who does so is hidden.
    activeRecording: [...people.byIdentity.values()].some(({ rights }) => rights.recorder),
  });
}
