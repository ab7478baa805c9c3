import { z } from "zod";
import { addItem } from "./commands/addItem.ts";
import { arrive } from "./commands/arrive.ts";
import { assignSeat } from "./commands/assignSeat.ts";
import { closeDoors } from "./commands/closeDoors.ts";
import { closeMeeting } from "./commands/closeMeeting.ts";
import { giveFloor } from "./commands/giveFloor.ts";
import { leave } from "./commands/leave.ts";
import { lowerHand } from "./commands/lowerHand.ts";
import { openDoors } from "./commands/openDoors.ts";
import { openMeeting } from "./commands/openMeeting.ts";
import { planMeeting } from "./commands/planMeeting.ts";
import { raiseHand } from "./commands/raiseHand.ts";
import { readmitSeat } from "./commands/readmitSeat.ts";
import { removeItem } from "./commands/removeItem.ts";
import { removeSeat } from "./commands/removeSeat.ts";
import { resumeMeeting } from "./commands/resumeMeeting.ts";
import { startItem } from "./commands/startItem.ts";
import { suspendMeeting } from "./commands/suspendMeeting.ts";
import { takeFloor } from "./commands/takeFloor.ts";
import { writeSlate } from "./commands/writeSlate.ts";

/** Every rule that is decided on a meeting that stands; `planMeeting` makes one. */
export const rules = [
  addItem,
  removeItem,
  startItem,
  assignSeat,
  removeSeat,
  readmitSeat,
  arrive,
  leave,
  openMeeting,
  suspendMeeting,
  resumeMeeting,
  closeMeeting,
  closeDoors,
  openDoors,
  raiseHand,
  lowerHand,
  giveFloor,
  takeFloor,
  writeSlate,
] as const;

const all = [planMeeting, ...rules] as const;
type AnyRule = (typeof all)[number];

export type CommandName = AnyRule["name"];
export const commandNames: readonly CommandName[] = all.map((rule) => rule.name);

/** A command as `decide` takes it. */
export type Command = z.output<AnyRule["schema"]>;
/** A command as a page may write it: what has a default may be left out. */
export type CommandInput = z.input<AnyRule["schema"]>;

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
