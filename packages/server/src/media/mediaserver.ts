import { BROADCAST_IDENTITY, type MediaRights, type MeetingId, meetingOfRoom } from "@raadhuis/meeting";
import { withoutTickets } from "@raadhuis/protocol/tickets";
import { RoomServiceClient, ServerError } from "livekit-server-sdk";
import { allTrackSources, grantedSources, type Keys, trackSources } from "./tickets.ts";

export interface Participant {
  identity: string;
  /** Hash of the secret of the session that its ticket was given to; empty for the broadcast. */
  session: string;
  /** What it may publish, as LiveKit's numbers of sources, ascending. */
  publish: number[];
}

const TIMEOUT_SECONDS = 3;
/** An empty room may wait for its people as long as a break lasts. */
const EMPTY_SECONDS = 6 * 3600;

/**
 * The media server's API (LiveKit's RoomService), with what the house asks of it. Whatever is asked to be gone and is
 * gone already is well. Throws when the media server does not answer.
 */
export class MediaServer {
  readonly #rooms: RoomServiceClient;

  constructor(url: string, keys: Keys) {
    const http = url.replace(/^ws/, "http");
    const options = { requestTimeout: TIMEOUT_SECONDS, failover: false };
    this.#rooms = new RoomServiceClient(http, keys.apiKey, keys.apiSecret, options);
  }

  /** Does nothing when the room is there. */
  async createRoom(name: string): Promise<void> {
    const timeouts = { emptyTimeout: EMPTY_SECONDS, departureTimeout: EMPTY_SECONDS };
    // Without it a LiveKit server puts picture and sound into streams that browsers do not keep in step.
    await asked(this.#rooms.createRoom({ name, ...timeouts, syncStreams: true }));
  }

  async deleteRoom(name: string): Promise<void> {
    await unlessGone(this.#rooms.deleteRoom(name));
  }

  /** Names of all rooms that are ours, by meeting. */
  async rooms(): Promise<Map<MeetingId, string[]>> {
    const byMeeting = new Map<MeetingId, string[]>();
    for (const { name } of await asked(this.#rooms.listRooms())) {
      const meeting = meetingOfRoom(name);
      if (meeting) byMeeting.set(meeting, [...(byMeeting.get(meeting) ?? []), name]);
    }
    return byMeeting;
  }

  async participants(room: string): Promise<Participant[]> {
    const found = (await unlessGone(this.#rooms.listParticipants(room))) ?? [];
    return found.map(({ identity, attributes, permission }) => ({
      identity,
      session: attributes.session ?? "",
      publish: grantedSources(permission?.canPublish ?? false, permission?.canPublishSources, allTrackSources).sort(
        (a, b) => a - b,
      ),
    }));
  }

  /**
   * With the tickets it had until now, renewed ones too, as far as a ticket's time in whole seconds tells: one made in
   * this very second may be of somebody who was let in again. What shuts out a seat is that the chamber's address asks
   * the seat, and that the embedded media server takes no seat without the chamber's word. A LiveKit server knows neither
   * this call's time nor that word: at its own address a ticket opens the room until it lapses (docs/security.md).
   * The broadcast comes without that word, and never again into a room that it left: none of its tickets is kept.
   */
  async removeParticipant(room: string, identity: string): Promise<void> {
    const now = Math.floor(Date.now() / 1000);
    const revokeTokenTs = BigInt(identity === BROADCAST_IDENTITY ? now + 1 : now);
    await unlessGone(this.#rooms.removeParticipant(room, identity, { revokeTokenTs }));
  }

  async setRights(room: string, identity: string, rights: MediaRights): Promise<void> {
    const permission = {
      canSubscribe: rights.subscribe,
      canPublish: rights.publish.length > 0,
      canPublishSources: trackSources(rights),
      canPublishData: false,
      canUpdateMetadata: false,
    };
    await unlessGone(this.#rooms.updateParticipant(room, identity, { permission }));
  }

  /** Throws when it does not answer. */
  async ping(): Promise<void> {
    await asked(this.#rooms.listRooms(["-"]));
  }
}

async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await asked(call);
  } catch (error) {
    if (error instanceof ServerError && error.status === 404) return undefined;
    throw error;
  }
}

async function asked<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof Error) {
      error.message = withoutTickets(error.message);
      if (error.stack) error.stack = withoutTickets(error.stack);
    }
    throw error;
  }
}
