import { type MeetingId, type Seat, SeatId, seatOf } from "@raadhuis/meeting";
import { SeatLink, type Settings, seatLink } from "@raadhuis/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { houseError } from "../errors.ts";
import type { ConnectionContext } from "../meetings/connection.ts";
import type { Page } from "../meetings/hub.ts";
import { hashOf, newSecret } from "../random.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import { presentState } from "./presentState.ts";
import { clerkOfRequest } from "./session.ts";

/** Personal links made anew, of one seat or of all. Whoever came in by an old one is out. */
export function linkRoutes(
  app: FastifyInstance,
  {
    store,
    settings,
    context: { meetings, hub, endMedia },
    trail,
  }: { store: Store; settings: Settings; context: ConnectionContext; trail: Pick<Trail, "note"> },
): void {
  const http = app.withTypeProvider<ZodTypeProvider>();

  http.post(
    "/api/office/meetings/:meeting/seats/:seat/link",
    {
      schema: { params: z.object({ meeting: z.string(), seat: z.string() }), response: { 200: SeatLink } },
      config: { trail: { kind: "seat.link-made", only: "done" } },
    },
    async (request) => {
      await clerkOfRequest(request, store);
      const { id } = await presentState(meetings, request.params.meeting);
      // In turn: no link is made for a seat that is being removed.
      return meetings.inTurn(id, async () => {
        const state = await presentState(meetings, id);
        const named = SeatId.safeParse(request.params.seat);
        const seat = named.success ? seatOf(state, named.data) : undefined;
        if (!seat) throw houseError("seat.unknown", "There is no such seat in this meeting.");
        if (seat.removed) throw houseError("seat.removed");
        Object.assign(request.subject, { meeting: id, seat: seat.id });
        const { links, ended } = await makeLinks(id, [seat]);
        if (ended) trail.note({ kind: "seat.session-ended", result: "session.replaced", meeting: id, seat: seat.id });
        return links[0];
      });
    },
  );

  http.post(
    "/api/office/meetings/:meeting/links",
    {
      schema: { params: z.object({ meeting: z.string() }), response: { 200: z.array(SeatLink) } },
      config: { trail: { kind: "seat.link-made", only: "done" } },
    },
    async (request) => {
      await clerkOfRequest(request, store);
      const { id } = await presentState(meetings, request.params.meeting);
      return meetings.inTurn(id, async () => {
        const { phase, seats } = await presentState(meetings, id);
        if (phase === "ended") throw houseError("meeting.ended", "The meeting is over.");
        Object.assign(request.subject, { meeting: id });
        const { links, ended } = await makeLinks(
          id,
          seats.filter(({ removed }) => !removed),
        );
        // One thing that happened, not one for each seat.
        if (ended) trail.note({ kind: "seat.session-ended", result: "session.replaced", meeting: id });
        return links;
      });
    },
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
