import { type MeetingId, type MeetingState, meetingOfRoom, type Occupancy } from "@raadhuis/meeting";
import type { Meetings } from "../meetings/meetings.ts";
import type { MediaServer } from "./mediaserver.ts";

/** What is asked of the media server, beside whether it answers. */
export type MediaCalls = Pick<
  MediaServer,
  "createRoom" | "deleteRoom" | "participants" | "ping" | "removeParticipant" | "rooms" | "setRights"
>;

interface RoomsOptions {
  server: Pick<MediaCalls, "createRoom" | "deleteRoom">;
  meetings: Pick<Meetings, "present">;
  occupancy: (state: MeetingState) => Occupancy;
}

/** Makes rooms, by how the meeting stands in the store: another server may have closed the doors of one at this moment. */
export class Rooms {
  readonly #options: RoomsOptions;

  constructor(options: RoomsOptions) {
    this.#options = options;
  }

  /** One that is over by the time it is made goes again: it would be a place that nobody watches. */
  async make(meeting: MeetingId, name: string): Promise<void> {
    const { server } = this.#options;
    if (!(await this.#isDue(meeting, name))) return;
    await server.createRoom(name);
    if (!(await this.#isDue(meeting, name))) await server.deleteRoom(name);
  }

  async #isDue(meeting: MeetingId, name: string): Promise<boolean> {
    const { meetings, occupancy } = this.#options;
    const state = (await meetings.present(meeting))?.state;
    return state !== undefined && occupancy(state).some((room) => room.name === name);
  }
}

/** The media server for whoever is on duty: each act on it is theirs to do when it is done, or it is not done. */
export function guarded(server: MediaCalls, rooms: Rooms, mustBeOurs: () => Promise<unknown>): MediaCalls {
  return {
    ping: () => server.ping(),
    rooms: () => server.rooms(),
    participants: (room) => server.participants(room),
    async createRoom(name) {
      await mustBeOurs();
      const meeting = meetingOfRoom(name);
      if (meeting) await rooms.make(meeting, name);
    },
    async deleteRoom(name) {
      await mustBeOurs();
      await server.deleteRoom(name);
    },
    async removeParticipant(room, identity) {
      // Putting somebody out is any server's: it is done by how the meeting stands, and does no harm twice.
      await server.removeParticipant(room, identity);
    },
    async setRights(room, identity, rights) {
      await mustBeOurs();
      await server.setRights(room, identity, rights);
    },
  };
}
