import { AccountId } from "@raadhuis/meeting";
import { type MeetingPlan, type Organ, routes, seatLink, sockets } from "@raadhuis/protocol/http";
import type { Settings } from "@raadhuis/protocol/settings";
import type { FastifyInstance } from "fastify";
import { houseError } from "../errors.ts";
import { serve } from "../http/serve.ts";
import type { Meetings } from "../meetings/meetings.ts";
import type { Pages } from "../meetings/pages.ts";
import { hashOf } from "../random.ts";
import { PersonGone } from "../store/record.ts";
import type { Store } from "../store/store.ts";
import { type Plan, planFor } from "./plan.ts";

const ofLine = ({ seat }: PersonGone, { seats }: Plan) => {
  const line = seats.findIndex((one) => one.seat === seat) + 1;
  return houseError("person.unknown", {
    message: `Seat ${line} is for nobody of the roster.`,
    at: { field: "seats", line },
  });
};

interface MeetingOptions {
  store: Pick<Store, "access" | "house" | "now" | "organs" | "record">;
  settings: Pick<Settings, "chamber">;
  meetings: Pick<Meetings, "isUnreadable" | "plan">;
  pages: Pages;
}

/** Meetings as the office makes and watches them. */
export function meetingRoutes(app: FastifyInstance, { store, settings, meetings, pages }: MeetingOptions): void {
  const organOf = async ({ organ: id }: MeetingPlan): Promise<Organ | null> => {
    if (id === undefined) return null;
    const organ = await store.organs.find(id);
    if (!organ) throw houseError("organ.unknown", { at: { field: "organ" } });
    return organ;
  };

  serve(app, routes.meetings, {
    list: async () => {
      const summaries = await store.record.summaries();
      return summaries.map(({ id, kind, title, organ, startsAt, phase }) => ({
        ...{ meeting: id, kind, title, organ, startsAt, phase },
        readable: !meetings.isUnreadable(id),
      }));
    },

    plan: async ({ body: planned, clerk }) => {
      const body = await store.house.body();
      if (!body) throw houseError("office.not-set-up");
      const plan = planFor(planned, body, await organOf(planned));
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
  });

  pages.route(app, sockets.office, {
    identify: async ({ params, clerk, session }) => {
      const meeting = (await store.record.summary(params.meeting))?.id;
      if (!meeting) throw houseError("meeting.unknown");
      return { who: { kind: "office", clerk: clerk.id }, meeting, session };
    },
    sessionLives: async (session) => (await store.access.clerkSession(session, store.now())) !== undefined,
  });
}
