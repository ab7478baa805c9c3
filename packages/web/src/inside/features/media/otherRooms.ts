import { pauseBefore } from "@raadhuis/client";
import type { MediaTicket } from "@raadhuis/protocol/socket";
import { DisconnectReason, Room, RoomEvent } from "livekit-client";
import { Store } from "../../store.ts";
import { enterRoom, isStillGood, reconnectPolicy } from "./reconnect.ts";
import { type PersonMedia, peopleOf } from "./view.ts";

export interface OtherRoom {
  link: "connecting" | "connected";
  people: ReadonlyMap<string, PersonMedia>;
}

const changes = [
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.SignalReconnecting,
  RoomEvent.Reconnecting,
  RoomEvent.Reconnected,
] as const;

/** The rooms a seat belongs in beside the one that is shown: they are heard, and nothing is sent into them. */
export class OtherRooms {
  /** By LiveKit's name. */
  readonly store = new Store<ReadonlyMap<string, OtherRoom>>(new Map());
  readonly #askTickets: () => void;
  readonly #rooms = new Map<string, Room>();
  /** Taken by another page of this seat: two would push each other out for ever. */
  readonly #elsewhere = new Set<string>();
  #attempt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(askTickets: () => void) {
    this.#askTickets = askTickets;
  }

  /** These and no others. */
  follow(tickets: readonly MediaTicket[], receivedAt: number): void {
    const names = new Set(tickets.map(({ room }) => room));
    for (const [name, room] of this.#rooms) if (!names.has(name)) this.#drop(name, room);
    for (const name of this.#elsewhere) if (!names.has(name)) this.#elsewhere.delete(name);
    const missing = tickets.filter(({ room }) => !this.#rooms.has(room) && !this.#elsewhere.has(room));
    if (missing.length > 0 && !isStillGood(receivedAt)) this.#askAgain();
    else for (const ticket of missing) void this.#join(ticket);
    this.#refresh();
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.follow([], 0);
  }

  /** After a click: lets held-back sound play. */
  startSound(): void {
    for (const room of this.#rooms.values()) void room.startAudio();
  }

  async #join({ room: name, token }: MediaTicket): Promise<void> {
    // Nothing of a picture comes that is in no element.
    const room = new Room({ adaptiveStream: true, reconnectPolicy });
    this.#rooms.set(name, room);
    for (const change of changes) room.on(change, () => this.#refresh());
    room.on(RoomEvent.Disconnected, (reason) => {
      if (reason === DisconnectReason.DUPLICATE_IDENTITY) this.#elsewhere.add(name);
      this.#lost(name, room);
    });
    try {
      await enterRoom(room, token);
    } catch {
      return this.#lost(name, room);
    }
    if (this.#rooms.get(name) !== room) return void room.disconnect(false);
    this.#attempt = 0;
    this.#refresh();
  }

  #lost(name: string, room: Room): void {
    if (this.#rooms.get(name) !== room) return;
    this.#drop(name, room);
    this.#refresh();
    if (!this.#elsewhere.has(name)) this.#askAgain();
  }

  /** The fresh tickets say whether the room is there still. Those that are asked for in vain come with the next socket. */
  #askAgain(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#askTickets(), pauseBefore(this.#attempt++, Math.random()));
  }

  #drop(name: string, room: Room): void {
    this.#rooms.delete(name);
    room.removeAllListeners();
    void room.disconnect(false);
  }

  #refresh(): void {
    const seen = [...this.#rooms].map(([name, room]): [string, OtherRoom] => [
      name,
      { link: room.state === "connected" ? "connected" : "connecting", people: peopleOf(room) },
    ]);
    if (seen.length > 0 || this.store.get().size > 0) this.store.set(new Map(seen));
  }
}
