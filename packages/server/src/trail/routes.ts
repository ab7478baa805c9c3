import { MeetingId, SeatId, seatOf } from "@raadhuis/meeting";
import { routes, type TrailEntry } from "@raadhuis/protocol/http";
import type { FastifyInstance } from "fastify";
import { asWritten } from "../http/networks.ts";
import { serve } from "../http/serve.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { Store } from "../store/store.ts";
import type { NamedRow } from "../store/trail.ts";
import type { Trail } from "./trail.ts";

/** One clerk mistypes a password now and then; from this many failures on somebody is told. */
const GUESSING = 5;

/** The trail as the office sees it. */
export function trailRoutes(
  app: FastifyInstance,
  { store, trail, meetings }: { store: Pick<Store, "trail">; trail: Trail; meetings: Pick<Meetings, "load"> },
): void {
  serve(app, routes.trail, {
    page: async ({ query: { page, failed }, clerk }) => {
      await trail.flush();
      const { rows, pages } = await store.trail.page({ page, failed: failed === "true" });
      const entries: TrailEntry[] = [];
      for (const row of rows) entries.push(await shown(row));
      return { entries, pages, seen: await store.trail.seen(clerk.id) };
    },

    news: async ({ clerk }) => {
      await trail.flush();
      const news = await store.trail.failures((await store.trail.seen(clerk.id)) ?? 0);
      return { ...news, guessing: news.failed >= GUESSING };
    },

    look: async ({ clerk }) => {
      await trail.look(clerk.id);
    },
  });

  const shown = async ({ id, kind, result, count, first, last, ...row }: NamedRow): Promise<TrailEntry> => {
    const { network, name, email, meeting, seat, title } = row;
    return {
      id,
      kind,
      result,
      count,
      first,
      last,
      network: network && asWritten(network),
      clerk: name !== null && email !== null ? { name, email } : null,
      seat: meeting === null ? null : { meeting, title, name: await nameOf(meeting, seat) },
    };
  };

  /** The name stands in the meeting's record, from where it can be erased. */
  const nameOf = async (meeting: string, seat: string | null): Promise<string | null> => {
    const [id, at] = [MeetingId.safeParse(meeting), SeatId.safeParse(seat)];
    const live = id.success && at.success ? await meetings.load(id.data) : undefined;
    return live && at.success ? (seatOf(live.state, at.data)?.name ?? null) : null;
  };
}
