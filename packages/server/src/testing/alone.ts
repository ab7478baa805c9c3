import type { TestContext } from "node:test";
import { AccountId, type Actor, type CommandInput, type MeetingId, parseCommand } from "@raadhuis/meeting";
import { NewMeeting } from "@raadhuis/protocol/http";
import { httpPart } from "../http/part.ts";
import { makeLog } from "../log.ts";
import { meetingsPart } from "../meetings/part.ts";
import { type Plan, planFor } from "../office/plan.ts";
import { clerkOfRequest } from "../office/session.ts";
import type { Part } from "../parts/part.ts";
import { Parts } from "../parts/parts.ts";
import { hashOf } from "../random.ts";
import { seatOfRequest } from "../seats/session.ts";
import { openStore } from "../store/store.ts";
import { makeDatabase } from "./engines.ts";
import { A_MEETING, testSettings } from "./house.ts";
import { Visitor } from "./visitor.ts";

const OFFICE: Actor = { kind: "account", account: AccountId.parse("clerk123") };

/** What a part stands on that is opened by itself: a store in a folder of its own, and meetings in it. Closed after the test. */
export async function ground(t: TestContext, port: number, environment: Record<string, string> = {}) {
  const settings = testSettings(port, environment);
  const log = makeLog("silent");
  await makeDatabase(settings.database);
  const store = await openStore(settings.database);
  t.after(() => store.close());
  const shared = { settings, log, now: Date.now, store };
  const { meetings } = meetingsPart(shared);

  return {
    ...shared,
    meetings,

    /** Starts these parts, which stop after the test, and says who comes to their door. */
    async open(...own: Part[]): Promise<{ parts: Parts; visitor: () => Visitor }> {
      const parts = new Parts(log);
      const guards = {
        clerk: (request: Parameters<typeof clerkOfRequest>[0]) => clerkOfRequest(request, store),
        seat: (request: Parameters<typeof seatOfRequest>[0]) => seatOfRequest(request, store),
      };
      const { app, door } = parts.with(await httpPart({ ...shared, guards }));
      for (const part of [...own, door]) parts.add(part);
      await parts.routes(app);
      t.after(() => parts.stop());
      await parts.start();
      return { parts, visitor: () => new Visitor(settings.chamber.url) };
    },

    /** A meeting, as the office plans it; with its links' secrets. */
    async plan(other: Partial<NewMeeting> = {}): Promise<Plan> {
      const plan = planFor(
        NewMeeting.parse({ ...A_MEETING, ...other }),
        { name: "Voorbeeld", identifier: "gm0000" },
        null,
      );
      await meetings.plan(plan.meeting, plan.commands, {
        actor: OFFICE,
        invitations: plan.seats.map(({ seat, secret }) => ({ seat, hash: hashOf(secret) })),
      });
      return plan;
    },

    /** Does something in a meeting, as the office. */
    async command(meeting: MeetingId, input: CommandInput, actor: Actor = OFFICE): Promise<void> {
      const parsed = parseCommand(input);
      if ("problem" in parsed) throw new Error(parsed.problem.message);
      const outcome = await meetings.execute({ meeting, command: parsed.command, actor });
      if ("refusal" in outcome) throw new Error(outcome.refusal.message);
    },
  };
}

/** Resolves when it holds, and fails where that takes too long for any machine. */
export async function waitFor(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 45_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 10)))
    if (Date.now() > end) throw new Error(`It never came to be: ${holds}`);
}
