import { chapters } from "./chapters.ts";
import { type AnyRule, type Context, type Decision, refuse } from "./command.ts";
import type { Command } from "./commands.ts";
import { mustBeAllowedIn } from "./conditions.ts";
import { planMeeting } from "./course/planMeeting.ts";
import type { MeetingState } from "./state.ts";

const rules: readonly AnyRule[] = Object.values(chapters).flatMap(({ commands }): readonly AnyRule[] => commands);
const ruleOf: ReadonlyMap<string, AnyRule> = new Map(rules.map((rule) => [rule.name, rule]));

/**
 * What follows from a command: events, not yet stamped or sealed, or a refusal. Pure; changes nothing.
 *
 * Two things hold for every command, before its own rule is asked: a meeting that is over takes none but those that are
 * made for afterwards, and a seat that may not be in the chamber (unknown, removed, outside closed doors) commands nothing.
 */
export function decide(state: MeetingState | undefined, command: Command, context: Context): Decision {
  if (command.type === "planMeeting") {
    const { type: _type, ...plan } = command;
    return state ? refuse("meeting.exists", "This meeting is planned already.") : planMeeting.decide(plan, context);
  }
  if (!state) return refuse("meeting.unknown", "There is no such meeting.");
  const rule = ruleOf.get(command.type);
  if (!rule) throw new Error(`No rule for the command ${command.type}: parse commands before deciding them.`);
  return decideBy(rule, state, command, context);
}

/** The same, by a rule in hand. */
export function decideBy(rule: AnyRule, state: MeetingState, command: object, context: Context): Decision {
  if (state.phase === "ended" && !rule.afterEnd) return refuse("meeting.ended", "The meeting is over.");
  const refusal = context.actor.kind === "seat" ? mustBeAllowedIn(state, context.actor.seat) : undefined;
  if (refusal) return { refusal };
  return rule.decide(state, { ...command }, context);
}
