import { type MeetingId, type Seat, type SeatId, seatOf } from "@raadhuis/meeting";
import { routes, type SeatLink, seatLink } from "@raadhuis/protocol/http";
import type { Settings } from "@raadhuis/protocol/settings";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";
import { serve } from "../http/serve.ts";
import type { Hub, Page } from "../meetings/hub.ts";
import type { Meetings } from "../meetings/meetings.ts";
import { hashOf, newSecret } from "../random.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import { presentState } from "./presentState.ts";

interface LinkOptions {
  store: Pick<Store, "access" | "now">;
  settings: Pick<Settings, "chamber">;
  meetings: Pick<Meetings, "inTurn" | "load">;
  hub: Pick<Hub, "endSession">;
  /** What the sessions of a seat opened of media ends. */
  endMedia(meeting: MeetingId, seat: SeatId): void;
  trail: Pick<Trail, "note">;
}

/** Personal links made anew, of one seat or of all. Whoever came in by an old one is out. */
export function linkRoutes(
  app: FastifyInstance,
  { store, settings, meetings, hub, endMedia, trail }: LinkOptions,
): void {
  serve(
    app,
    routes.links,
    {
      renew: async ({ params: { meeting, seat: id } }) => {
        await presentState(meetings, meeting);
        // In turn: no link is made for a seat that is being removed.
        return meetings.inTurn(meeting, async () => {
          const seat = seatOf(await presentState(meetings, meeting), id);
          if (!seat) throw houseError("seat.unknown", "There is no such seat in this meeting.");
          if (seat.removed) throw houseError("seat.removed");
          const { links, ended } = await makeLinks(meeting, [seat]);
          if (ended) trail.note({ kind: "seat.session-ended", result: "session.replaced", meeting, seat: id });
          return links[0]!;
        });
      },

      renewAll: async ({ params: { meeting } }) => {
        await presentState(meetings, meeting);
        return meetings.inTurn(meeting, async () => {
          const { phase, seats } = await presentState(meetings, meeting);
          if (phase === "ended") throw houseError("meeting.ended", "The meeting is over.");
          const present = seats.filter(({ removed }) => !removed);
          const { links, ended } = await makeLinks(meeting, present);
          // One thing that happened, not one for each seat.
          if (ended) trail.note({ kind: "seat.session-ended", result: "session.replaced", meeting });
          return links;
        });
      },
    },
    { renew: { kind: "seat.link-made", only: "done" }, renewAll: { kind: "seat.link-made", only: "done" } },
  );

  /** All of them or none: nobody is put out whose link the clerk does not get. `ended`: somebody had come in by an old one. */
  async function makeLinks(meeting: MeetingId, seats: readonly Seat[]): Promise<{ links: SeatLink[]; ended: boolean }> {
    if (seats.length === 0) return { links: [], ended: false };
    const made = seats.map((seat) => ({ ...seat, secret: newSecret() }));
    const rows = made.map(({ id, secret }) => ({ seat: id, hash: hashOf(secret) }));
    const ended = await store.access.invite(meeting, rows, store.now());
    const ids = new Set(seats.map(({ id }) => id));
    const isTheirs = (page: Page) => page.meeting === meeting && page.who.kind === "seat" && ids.has(page.who.seat);
    hub.endSession(isTheirs, "seat.new-link");
    // Of seats without a session too: a clerk who makes a link anew wants nobody to be there by what came before, and the
    // media server may have missed, while it was away, that an earlier session was over.
    for (const { id } of seats) endMedia(meeting, id);
    const links = made.map(({ id, name, role, secret }) => ({
      ...{ seat: id, name, role },
      link: seatLink(settings.chamber.url, meeting, secret),
    }));
    return { links, ended: ended.length > 0 };
  }
}
