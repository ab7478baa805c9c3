import { MeetingId, SeatId, seatOf } from "@raadhuis/meeting";
import { type TrailEntry, TrailNews, Trail as TrailPage, TrailQuery } from "@raadhuis/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { asWritten } from "../http/networks.ts";
import type { Meetings } from "../meetings/meetings.ts";
import { clerkOfRequest } from "../office/session.ts";
import type { Store } from "../store/store.ts";
import type { NamedRow } from "../store/trail.ts";
import type { Trail } from "./trail.ts";

/** One clerk mistypes a password now and then; from this many failures on somebody is told. */
const GUESSING = 5;

/** The trail as the office sees it. */
export function trailRoutes(
  app: FastifyInstance,
  { store, trail, meetings }: { store: Store; trail: Trail; meetings: Meetings },
): void {
  const http = app.withTypeProvider<ZodTypeProvider>();

  http.get(
    "/api/office/trail",
    { schema: { querystring: TrailQuery, response: { 200: TrailPage } } },
    async (request) => {
      const { clerk } = await clerkOfRequest(request, store);
      const { page, failed } = request.query;
      await trail.flush();
      const { rows, pages } = await store.trail.page({ page, failed: failed === "true" });
      const entries: TrailEntry[] = [];
      for (const row of rows) entries.push(await shown(row));
      return { entries, pages, seen: await store.trail.seen(clerk.id) };
    },
  );

  http.get("/api/office/trail/news", { schema: { response: { 200: TrailNews } } }, async (request) => {
    const { clerk } = await clerkOfRequest(request, store);
    await trail.flush();
    const news = await store.trail.failures((await store.trail.seen(clerk.id)) ?? 0);
    return { ...news, guessing: news.failed >= GUESSING };
  });

  http.post("/api/office/trail/seen", { schema: { response: { 204: z.null() } } }, async (request, reply) => {
    const { clerk } = await clerkOfRequest(request, store);
    await trail.look(clerk.id);
    return reply.code(204).send(null);
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
