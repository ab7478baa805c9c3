import type { z } from "zod";
import { type CommandRule, type Context, type Decision, refuse } from "./command.ts";
import { mustBeAllowedIn } from "./commands/conditions.ts";
import { planMeeting } from "./commands/planMeeting.ts";
import { type Command, rules } from "./commands.ts";
import type { MeetingState } from "./state.ts";

const ruleOf: ReadonlyMap<string, CommandRule<string, z.ZodRawShape>> = new Map(rules.map((rule) => [rule.name, rule]));

/**
 * What follows from a command: events, not yet stamped or sealed, or a refusal. Pure; changes nothing.
 *
 * Two things hold for every command, before its own rule is asked: a meeting that is over takes none, and a seat that
 * may not be in the chamber (unknown, removed, outside closed doors) commands nothing.
 */
export function decide(state: MeetingState | undefined, command: Command, context: Context): Decision {
  if (command.type === "planMeeting")
    return state ? refuse("meeting.exists", "This meeting is planned already.") : planMeeting.decide(command, context);
  if (!state) return refuse("meeting.unknown", "There is no such meeting.");
  if (state.phase === "closed") return refuse("meeting.over", "The meeting is over.");
  const refusal = context.actor.kind === "seat" ? mustBeAllowedIn(state, context.actor.seat) : undefined;
  if (refusal) return { refusal };
  const rule = ruleOf.get(command.type);
  if (!rule) throw new Error(`No rule for the command ${command.type}: parse commands before deciding them.`);
  return rule.decide(state, command, context);
}
