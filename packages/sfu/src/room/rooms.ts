import { DisconnectReason, LeaveRequest_Action } from "@livekit/protocol";
import type { Log } from "../base/log.ts";
import type { MediaPorts } from "../ports/mediaPorts.ts";
import { type Revocation, Revocations } from "../ticket/revocations.ts";
import { Room } from "./room.ts";
import { defaultRoomOptions, type RoomOptions } from "./roomInfo.ts";
import type { RoomWatcher } from "./watcher.ts";

/** Who says which rooms are this process's, where there are several, and hears of them. */
export interface RoomsFront {
  mayOpen(room: string): boolean;
  closed(room: string): void;
  revoked(revocation: Revocation): void;
}

/** All rooms of this process, and which tickets no longer open them. */
export class Rooms {
  readonly #rooms = new Map<string, Room>();
  readonly #media: MediaPorts;
  readonly #log: Log;
  readonly #watcher: RoomWatcher;
  readonly revocations = new Revocations();
  /** `null`: every room is this process's. */
  front: RoomsFront | null = null;

  constructor(media: MediaPorts, log: Log, watcher: RoomWatcher) {
    this.#media = media;
    this.#log = log;
    this.#watcher = watcher;
  }

  get(name: string): Room | null {
    return this.#rooms.get(name) ?? null;
  }

  list(): Room[] {
    return [...this.#rooms.values()];
  }

  /** The room of this name, made when there is none. Options count for a new one only. */
  ensure(name: string, options: Partial<RoomOptions> = {}): Room {
    const known = this.#rooms.get(name);
    if (known) return known;
    // Its place was given to another process while this request was under way: the client asks again, and gets there.
    if (this.front?.mayOpen(name) === false) throw new Error("This room is not for this process.");
    const ended = (room: Room) => {
      if (this.#rooms.get(name) === room) this.#rooms.delete(name);
      this.front?.closed(name);
    };
    const all = { ...defaultRoomOptions, ...options };
    const room = new Room(name, all, this.#media, this.#log, this.#watcher, ended);
    this.#rooms.set(name, room);
    return room;
  }

  /** Everybody out, and no ticket made before this time, s since 1970, opens a room of this name again. */
  delete(name: string, at: number): boolean {
    this.#takeBack(at, name);
    const room = this.#rooms.get(name);
    room?.close(DisconnectReason.ROOM_DELETED);
    return room !== undefined;
  }

  /** Takes back tickets of one person made before a time, s since 1970. */
  revoke(room: string, identity: string, before: number): void {
    this.#takeBack(before, room, identity);
  }

  /** This room lives in another process: its people are told to come back, and get there. */
  sendElsewhere(name: string): void {
    this.#rooms.get(name)?.close(DisconnectReason.MIGRATION, LeaveRequest_Action.RECONNECT);
  }

  /** The process ends: clients are told to come back to its successor. */
  closeAll(): void {
    for (const room of this.list()) room.close(DisconnectReason.SERVER_SHUTDOWN, LeaveRequest_Action.RECONNECT);
  }

  #takeBack(before: number, room: string, identity?: string): void {
    const taken = this.revocations.takeBack(before, room, identity);
    this.front?.revoked(taken);
  }
}
