import { AccountId } from "@raadhuis/meeting";
import {
  CreatedMeeting,
  MAX_LIST_BYTES,
  MeetingSummary,
  NewMeeting,
  type Organ,
  type Settings,
  seatLink,
} from "@raadhuis/protocol";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { houseError } from "../errors.ts";
import { socketRoute } from "../http/socketRoute.ts";
import { Connection, type ConnectionContext } from "../meetings/connection.ts";
import { actorOf } from "../meetings/hub.ts";
import { hashOf } from "../random.ts";
import { PersonGone } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import { type Plan, planFor } from "./plan.ts";
import { beforeReading, clerkOfRequest } from "./session.ts";

const meetingParams = z.object({ meeting: z.string() });

const ofLine = ({ seat }: PersonGone, { seats }: Plan) => {
  const line = seats.findIndex((one) => one.seat === seat) + 1;
  return houseError("person.unknown", `Seat ${line} is for nobody of the roster.`, { field: "seats", line });
};

/** Meetings as the office makes and watches them. */
export function meetingRoutes(
  app: FastifyInstance,
  { store, settings, context }: { store: Store; settings: Settings; context: ConnectionContext },
): void {
  const http = app.withTypeProvider<ZodTypeProvider>();
  const { meetings } = context;

  const organOf = async ({ organ: id }: NewMeeting): Promise<Organ | null> => {
    if (id === undefined) return null;
    const organ = await store.organs.find(id);
    if (!organ) throw houseError("organ.unknown", undefined, { field: "organ" });
    return organ;
  };

  http.get("/api/office/meetings", { schema: { response: { 200: z.array(MeetingSummary) } } }, async (request) => {
    await clerkOfRequest(request, store);
    const summaries = await store.record.summaries();
    return summaries.map(({ id, kind, title, organ, startsAt, phase }) => ({
      ...{ meeting: id, kind, title, organ, startsAt, phase },
      readable: !meetings.isUnreadable(id),
    }));
  });

  http.post(
    "/api/office/meetings",
    {
      bodyLimit: MAX_LIST_BYTES,
      onRequest: beforeReading(store),
      schema: { body: NewMeeting, response: { 200: CreatedMeeting } },
    },
    async (request) => {
      const { clerk } = await clerkOfRequest(request, store);
      const body = await store.house.body();
      if (!body) throw houseError("office.not-set-up");
      const plan = planFor(request.body, body, await organOf(request.body));
      const outcome = await meetings
        .plan(plan.meeting, plan.commands, {
          actor: { kind: "account", account: AccountId.parse(clerk.id) },
          invitations: plan.seats.map(({ seat, secret }) => ({ seat, hash: hashOf(secret) })),
          persons: plan.seats.flatMap(({ seat, person }) => (person === undefined ? [] : [{ seat, person }])),
        })
        .catch((error: unknown) => {
          throw error instanceof PersonGone ? ofLine(error, plan) : error;
        });
      if ("refusal" in outcome) throw houseError(outcome.refusal.code, outcome.refusal.message);
      const links = plan.seats.map(({ seat, name, role, secret }) => ({
        seat,
        name,
        role,
        link: seatLink(settings.chamber.url, plan.meeting, secret),
      }));
      return { meeting: plan.meeting, links };
    },
  );

  socketRoute(app, "/api/office/meetings/:meeting/socket", {
    admit: async (request) => {
      const { clerk, session } = await clerkOfRequest(request, store);
      const meeting = (await store.record.summary(meetingParams.parse(request.params).meeting))?.id;
      if (!meeting) throw houseError("meeting.unknown");
      const who = { kind: "office" as const, clerk: clerk.id };
      return { who, meeting, session, spend: context.allowance.enter(`${meeting} ${actorOf(who)}`, request.ip) };
    },
    open: (socket, place, { raw }) => {
      const sessionLives = async () => (await store.access.clerkSession(place.session, store.now())) !== undefined;
      new Connection(socket, raw.socket, { ...place, sessionLives }, context);
    },
  });
}
