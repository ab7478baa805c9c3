import {
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
} from "@livekit/rtc-node";
import { withoutTickets } from "@raadhuis/protocol/tickets";
import type { Logger } from "pino";
import { chosenOf } from "./sight.ts";

const RETRY_MS = 500;

/**
 * What comes and goes in the room. `published` tells what of it is in the programme (`chosenOf`): what was there before,
 * too, and what was told already.
 */
export interface ConnectionEvents {
  published(publication: RemoteTrackPublication, participant: RemoteParticipant): void;
  unpublished(sid: string | undefined, who: string): void;
  subscribed(track: RemoteTrack, publication: RemoteTrackPublication, participant: RemoteParticipant): void;
  unsubscribed(sid: string | undefined, who: string): void;
  muted(sid: string | undefined, who: string, muted: boolean): void;
  left(who: string): void;
  /** The connection broke, or could not be made: nobody is there until it is made again. */
  lost(): void;
}

/** The hidden participant's way into one room: joins, comes back when the connection breaks, and tells what is there. */
export class RoomConnection {
  readonly #url: string;
  readonly #log: Logger;
  readonly #events: ConnectionEvents;
  readonly #makeRoom: () => Room;
  #token: string;
  #room: Room | null = null;
  #closed = false;
  #retry: NodeJS.Timeout | null = null;

  /** @param options.makeRoom for tests */
  constructor(options: {
    url: string;
    token: string;
    log: Logger;
    events: ConnectionEvents;
    makeRoom?: (() => Room) | undefined;
  }) {
    this.#url = options.url;
    this.#token = options.token;
    this.#log = options.log;
    this.#events = options.events;
    this.#makeRoom = options.makeRoom ?? (() => new Room());
    void this.#join();
  }

  get connected(): boolean {
    return this.#room?.isConnected ?? false;
  }

  get closed(): boolean {
    return this.#closed;
  }

  has(who: string): boolean {
    return this.#room?.remoteParticipants.has(who) ?? false;
  }

  /** A fresh ticket, used when the room has to be joined again. */
  renew(token: string): void {
    this.#token = token;
  }

  /** Tells what is there and was not told, or not sent: a connection that the SDK made anew keeps neither. */
  sweep(): void {
    for (const participant of this.#room?.remoteParticipants.values() ?? []) this.#tell(participant);
  }

  /** What of this person's is in the programme; what is not any more is let go. */
  #tell(participant: RemoteParticipant): void {
    const all = [...participant.trackPublications.values()];
    const chosen = chosenOf(all);
    for (const publication of all)
      if (chosen.has(publication)) this.#events.published(publication, participant);
      else if (publication.subscribed) publication.setSubscribed(false);
  }

  /** Leaves at once, whatever is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#retry) clearTimeout(this.#retry);
    const room = this.#room;
    this.#room = null;
    await room?.disconnect().catch(() => undefined);
  }

  async #join(): Promise<void> {
    const room = this.#makeRoom();
    this.#listen(room);
    this.#room = room;
    try {
      await room.connect(this.#url, this.#token, { autoSubscribe: false, dynacast: false });
      if (this.#closed) return void (await room.disconnect());
      this.sweep();
      this.#log.info("room joined");
    } catch (error) {
      // It may be connected for all that, and would be there beside the next one.
      room.disconnect().catch(() => undefined);
      if (this.#closed) return;
      this.#room = null;
      this.#log.warn({ error: withoutTickets(String(error)) }, "room not joined");
      this.#events.lost();
      this.#again();
    }
  }

  #again(): void {
    if (this.#closed || this.#retry) return;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      void this.#join();
    }, RETRY_MS);
  }

  #listen(room: Room): void {
    const events = this.#events;
    /** rtc-node refuses what concerns a track that has just gone, and nobody catches what a listener throws. */
    const follow = (take: () => void): void => {
      if (this.#room !== room || this.#closed) return;
      try {
        take();
      } catch (error) {
        this.#log.warn({ error: withoutTickets(String(error)) }, "not followed: the next look sees what is there");
      }
    };
    room.on(RoomEvent.TrackPublished, (_publication, participant) => follow(() => this.#tell(participant)));
    room.on(RoomEvent.TrackSubscribed, (track, publication, participant) =>
      follow(() => events.subscribed(track, publication, participant)),
    );
    room.on(RoomEvent.TrackUnsubscribed, (track, _publication, participant) =>
      follow(() => events.unsubscribed(track.sid, participant.identity)),
    );
    room.on(RoomEvent.TrackUnpublished, (publication, participant) =>
      follow(() => {
        events.unpublished(publication.sid, participant.identity);
        this.#tell(participant);
      }),
    );
    room.on(RoomEvent.TrackMuted, (publication, participant) =>
      follow(() => events.muted(publication.sid, participant.identity, true)),
    );
    room.on(RoomEvent.TrackUnmuted, (publication, participant) =>
      follow(() => events.muted(publication.sid, participant.identity, false)),
    );
    room.on(RoomEvent.ParticipantDisconnected, (participant) => follow(() => events.left(participant.identity)));
    room.on(RoomEvent.Disconnected, (reason) =>
      follow(() => {
        this.#log.warn({ reason }, "room lost");
        events.lost();
        this.#again();
      }),
    );
  }
}
