import type { z } from "zod";
import type { Actor, NewEvent } from "./event.ts";
import type { Instant } from "./ids.ts";
import type { Refusal, RefusalCode } from "./refusal.ts";
import type { MeetingState } from "./state.ts";

export interface Context {
  actor: Actor;
  now: Instant;
}

export type Decision = { events: NewEvent[] } | { refusal: Refusal };

/** One kind of command, in a file of its own: what it looks like, who may, when, what follows. */
export interface CommandRule<Name extends string, Schema extends z.ZodType> {
  name: Name;
  /** The command's own fields, without `type`. */
  schema: Schema;
  decide(state: MeetingState, command: z.infer<Schema>, context: Context): Decision;
}

/** Names the parts of a rule once, so that each command's file reads alike. */
export const rule = <Name extends string, Schema extends z.ZodType>(rule: CommandRule<Name, Schema>) => rule;

export const accept = (...events: NewEvent[]): Decision => ({ events });
export const refuse = (code: RefusalCode, message: string): Decision => ({ refusal: { code, message } });
