import { z } from "zod";
import { chapters } from "./chapters.ts";
import { planMeeting } from "./course/planMeeting.ts";

const { course, doors, seats, agenda, floor, slates } = chapters;

const all = [
  planMeeting,
  ...course.commands,
  ...doors.commands,
  ...seats.commands,
  ...agenda.commands,
  ...floor.commands,
  ...slates.commands,
];
type Rule = (typeof all)[number];

export type CommandName = Rule["name"];
export const commandNames: readonly CommandName[] = all.map((rule) => rule.name);

/** A command as `decide` takes it. */
export type Command = z.output<Rule["schema"]>;
/** A command as a page may write it: what has a default may be left out. */
export type CommandInput = z.input<Rule["schema"]>;

export interface CommandProblem {
  code: "command.unknown" | "command.malformed";
  /** English, for developers; names each field that is wrong, and why. */
  message: string;
}

const typed = z.looseObject({ type: z.string() });

/** Parses what came over a border. Says nothing yet about whether it is allowed. */
export function parseCommand(raw: unknown): { command: Command } | { problem: CommandProblem } {
  const head = typed.safeParse(raw);
  if (!head.success) return malformed(head.error);
  const rule = all.find(({ name }) => name === head.data.type);
  if (!rule) return { problem: { code: "command.unknown", message: "There is no command of this type." } };
  const parsed = rule.schema.safeParse(raw);
  return parsed.success ? { command: parsed.data } : malformed(parsed.error);
}

const malformed = (error: z.ZodError): { problem: CommandProblem } => ({
  problem: { code: "command.malformed", message: z.prettifyError(error) },
});
