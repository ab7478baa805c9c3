import { type MeetingId, MeetingId as MeetingIdShape, SeatId, seatOf } from "@raadhuis/meeting";
import {
  CreatedMeeting,
  MAX_LIST_BYTES,
  MeetingSummary,
  NewMeeting,
  SeatLink,
  type Settings,
  seatLink,
} from "@raadhuis/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { houseError } from "../errors.ts";
import { socketRoute } from "../http/socketRoute.ts";
import { Connection, type ConnectionContext } from "../meetings/connection.ts";
import { actorOf, type Page } from "../meetings/hub.ts";
import { hashOf, newSecret } from "../random.ts";
import type { Store } from "../store/store.ts";
import type { Trail } from "../trail/trail.ts";
import { planFor } from "./plan.ts";
import { beforeReading, clerkOfRequest } from "./session.ts";

const meetingParams = z.object({ meeting: z.string() });
const seatParams = z.object({ meeting: z.string(), seat: z.string() });

/** Meetings as the office makes and watches them. */
export function meetingRoutes(
  app: FastifyInstance,
  {
    store,
    settings,
    context,
    trail,
  }: { store: Store; settings: Settings; context: ConnectionContext; trail: Pick<Trail, "note"> },
): void {
  const http = app.withTypeProvider<ZodTypeProvider>();
  const { meetings, hub, endMedia } = context;
  const linkOf = (meeting: MeetingId, secret: string) => seatLink(settings.chamber.url, meeting, secret);

  http.get("/api/office/meetings", { schema: { response: { 200: z.array(MeetingSummary) } } }, async (request) => {
    await clerkOfRequest(request, store);
    const summaries = await store.record.summaries();
    return summaries.map(({ id, kind, title, startsAt, phase }) => ({ meeting: id, kind, title, startsAt, phase }));
  });

  http.post(
    "/api/office/meetings",
    {
      bodyLimit: MAX_LIST_BYTES,
      onRequest: beforeReading(store),
      schema: { body: NewMeeting, response: { 200: CreatedMeeting } },
    },
    async (request) => {
      await clerkOfRequest(request, store);
      const body = await store.house.body();
      if (!body) throw houseError("office.not-set-up");
      const plan = planFor(request.body, body.name);
      const outcome = await meetings.plan(plan.meeting, plan.commands, {
        actor: { kind: "office" },
        invitations: plan.seats.map(({ seat, secret }) => ({ seat, hash: hashOf(secret) })),
      });
      if ("refusal" in outcome) throw houseError(outcome.refusal.code, outcome.refusal.message);
      const links = plan.seats.map(({ seat, name, role, secret }) => ({
        seat,
        name,
        role,
        link: linkOf(plan.meeting, secret),
      }));
      return { meeting: plan.meeting, links };
    },
  );

  http.post(
    "/api/office/meetings/:meeting/seats/:seat/link",
    {
      schema: { params: seatParams, response: { 200: SeatLink } },
      config: { trail: { kind: "seat.link-made", only: "done" } },
    },
    async (request) => {
      await clerkOfRequest(request, store);
      const { id } = await stateOf(request.params.meeting);
      // In turn: no link is made for a seat that is being removed.
      return meetings.inTurn(id, async () => {
        const state = await stateOf(id);
        const named = SeatId.safeParse(request.params.seat);
        const seat = named.success ? seatOf(state, named.data) : undefined;
        if (!seat) throw houseError("seat.unknown", "There is no such seat in this meeting.");
        if (seat.removed) throw houseError("seat.removed");
        Object.assign(request.subject, { meeting: id, seat: seat.id });
        const secret = newSecret();
        const ended = await store.access.invite({ meeting: id, seat: seat.id }, hashOf(secret), store.now());
        if (ended > 0)
          trail.note({ kind: "seat.session-ended", result: "session.replaced", meeting: id, seat: seat.id });
        const isTheirs = ({ meeting, who }: Page) => meeting === id && who.kind === "seat" && who.seat === seat.id;
        hub.endSession(isTheirs, "seat.new-link");
        endMedia(id, seat.id);
        return { seat: seat.id, name: seat.name, role: seat.role, link: linkOf(id, secret) };
      });
    },
  );

  socketRoute(app, "/api/office/meetings/:meeting/socket", {
    admit: async (request) => {
      const { clerk, session } = await clerkOfRequest(request, store);
      const { id: meeting } = await stateOf(meetingParams.parse(request.params).meeting);
      const who = { kind: "office" as const, clerk: clerk.id };
      return { who, meeting, session, spend: context.allowance.enter(`${meeting} ${actorOf(who)}`, request.ip) };
    },
    open: (socket, place, { raw }) => {
      const sessionLives = async () => (await store.access.clerkSession(place.session, store.now())) !== undefined;
      new Connection(socket, raw.socket, { ...place, sessionLives }, context);
    },
  });

  const stateOf = async (meeting: string) => {
    const id = MeetingIdShape.safeParse(meeting);
    const live = id.success ? await meetings.load(id.data) : undefined;
    if (!live) throw houseError("meeting.unknown");
    return live.state;
  };
}
