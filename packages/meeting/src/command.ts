import { z } from "zod";
import type { Actor } from "./actor.ts";
import type { NewEvent } from "./event.ts";
import type { Instant } from "./ids.ts";
import type { Refusal, RefusalCode } from "./refusal.ts";
import type { MeetingState } from "./state.ts";

export interface Context {
  actor: Actor;
  now: Instant;
}

export type Decision = { events: NewEvent[] } | { refusal: Refusal };

/** One kind of command, in a file of its own: what it looks like, who may, when, what follows. */
export interface CommandRule<Name extends string, Fields extends z.ZodRawShape> {
  name: Name;
  /** What the command holds beside its `type`. */
  fields: Fields;
  /** An act that holds after the meeting, too, as withdrawing a recording; most end with it: see decide.ts. */
  afterEnd?: true;
  /** Of a seat it is asked only while that may be in the chamber: see decide.ts. */
  decide(state: MeetingState, command: z.output<z.ZodObject<Fields>>, context: Context): Decision;
}

/** Names the parts of a rule once, so that each command's file reads alike. */
export const rule = <const Name extends string, Fields extends z.ZodRawShape>(rule: CommandRule<Name, Fields>) => ({
  ...rule,
  schema: z.strictObject({ type: z.literal(rule.name), ...rule.fields }),
});

export interface AnyRule extends CommandRule<string, z.ZodRawShape> {
  schema: z.ZodType;
}

/** The one command that finds no meeting yet: it makes it. */
export interface PlanningRule<Name extends string, Fields extends z.ZodRawShape> {
  name: Name;
  fields: Fields;
  decide(command: z.output<z.ZodObject<Fields>>, context: Context): Decision;
}

export const planningRule = <const Name extends string, Fields extends z.ZodRawShape>(
  rule: PlanningRule<Name, Fields>,
) => ({
  ...rule,
  schema: z.strictObject({ type: z.literal(rule.name), ...rule.fields }),
});

export const accept = (...events: NewEvent[]): Decision => ({ events });
export const refuse = (code: RefusalCode, message: string): Decision => ({ refusal: { code, message } });
