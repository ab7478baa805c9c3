import { type MeetingId, type Seat, seatOf } from "@raadhuis/meeting";
import { routes, type SeatLink, seatLink } from "@raadhuis/protocol/http";
import type { Settings } from "@raadhuis/protocol/settings";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";
import { serve } from "../http/serve.ts";
import type { Meetings } from "../meetings/meetings.ts";
import { hashOf, newSecret } from "../random.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import { whileItStands } from "./whileItStands.ts";

interface LinkOptions {
  store: Pick<Store, "access" | "now">;
  settings: Pick<Settings, "chamber">;
  meetings: Pick<Meetings, "inPresent" | "load">;
  trail: Pick<Trail, "note">;
}

/** Personal links made anew, of one seat or of all. Whoever came in by an old one is out. */
export function linkRoutes(app: FastifyInstance, { store, settings, meetings, trail }: LinkOptions): void {
  serve(
    app,
    routes.links,
    {
      renew: async ({ params: { meeting, seat: id } }) =>
        // So that no link is made for a seat that is being removed.
        whileItStands(meetings, meeting, async (state) => {
          const seat = seatOf(state, id);
          if (!seat) throw houseError("seat.unknown", "There is no such seat in this meeting.");
          if (seat.removed) throw houseError("seat.removed");
          const { links, ended } = await makeLinks(meeting, [seat]);
          if (ended) trail.note({ kind: "seat.session-ended", result: "session.replaced", meeting, seat: id });
          return links[0]!;
        }),

      renewAll: async ({ params: { meeting } }) =>
        whileItStands(meetings, meeting, async ({ phase, seats }) => {
          if (phase === "ended") throw houseError("meeting.ended", "The meeting is over.");
          const present = seats.filter(({ removed }) => !removed);
          const { links, ended } = await makeLinks(meeting, present);
          // One thing that happened, not one for each seat.
          if (ended) trail.note({ kind: "seat.session-ended", result: "session.replaced", meeting });
          return links;
        }),
    },
    { renew: { kind: "seat.link-made", only: "done" }, renewAll: { kind: "seat.link-made", only: "done" } },
  );

  /** All of them or none: nobody is put out whose link the clerk does not get. `ended`: somebody had come in by an old one. */
  async function makeLinks(meeting: MeetingId, seats: readonly Seat[]): Promise<{ links: SeatLink[]; ended: boolean }> {
    if (seats.length === 0) return { links: [], ended: false };
    const made = seats.map((seat) => ({ ...seat, secret: newSecret() }));
    const rows = made.map(({ id, secret }) => ({ seat: id, hash: hashOf(secret) }));
    const ended = await store.access.invite(meeting, rows, store.now());
    const links = made.map(({ id, name, role, secret }) => ({
      ...{ seat: id, name, role },
      link: seatLink(settings.chamber.url, meeting, secret),
    }));
    return { links, ended: ended.length > 0 };
  }
}
