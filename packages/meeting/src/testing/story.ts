import fc from "fast-check";
import { tales as agenda } from "../agenda/story.ts";
import { tales as course, planning } from "../course/story.ts";
import { tales as doors } from "../doors/story.ts";
import { tales as floor } from "../floor/story.ts";
import {
  type Actor,
  type Command,
  type CommandInput,
  type CommandName,
  commandNames,
  decide,
  evolve,
  type MeetingState,
  PersonName,
  parseCommand,
  stamp,
} from "../index.ts";
import { tales as seats } from "../seats/story.ts";
import { tales as slates } from "../slates/story.ts";
import { account, anySeat, type Given, type Moment, meeting } from "./moment.ts";

/** How each command may be written: each chapter tells of its own. Without a tale: by its name alone. */
const tales: { readonly [N in CommandName]?: (given: Given) => CommandInput[] } = {
  planMeeting: planning,
  ...course,
  ...doors,
  ...seats,
  ...agenda,
  ...floor,
  ...slates,
};

/**
 * Random meetings that follow the state. A story is a list of steps that fast-check can shrink; `tell` turns each step
 * into a command that fits the moment: mostly one that is accepted now (of the step's name, or else of the next name that
 * has one), and now and then any at all.
 */
export interface Step {
  name: CommandName;
  /** Picks actor, seat, item and the like among those possible. */
  choice: number;
  /** Take any command of this name, be it allowed or not. */
  wild: boolean;
  word: string;
}

const rarely: readonly CommandName[] = ["planMeeting", "endMeeting"];
const often: readonly CommandName[] = ["assignSeat", "arrive", "raiseHand", "giveFloor", "openMeeting"];
const weightOf = (name: CommandName): number => (rarely.includes(name) ? 1 : often.includes(name) ? 16 : 8);

const word = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
  .filter((text) => PersonName.safeParse(text).success);

const step: fc.Arbitrary<Step> = fc.record({
  name: fc.oneof(...commandNames.map((name) => ({ weight: weightOf(name), arbitrary: fc.constant(name) }))),
  choice: fc.noBias(fc.nat()),
  wild: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  word,
});

const stepOf = (name: CommandName): fc.Arbitrary<Step> => step.map((any) => ({ ...any, name }));
const beginning = fc.tuple(
  step,
  stepOf("planMeeting"),
  stepOf("assignSeat"),
  stepOf("assignSeat"),
  stepOf("assignSeat"),
);

export const story: fc.Arbitrary<Step[]> = fc
  .tuple(beginning, fc.array(step, { minLength: 10, maxLength: 70, size: "max" }))
  .map(([first, rest]) => [...first, ...rest]);

export function tell(steps: readonly Step[]): Moment[] {
  let state: MeetingState | undefined;
  return steps.map((step, index) => {
    const before = state;
    const { actor, command } = choose(before, step);
    const decision = decide(before, command, { actor, now: 0 });
    const at = 1_000 * index;
    const decided = "events" in decision ? decision.events : [];
    const events = stamp(decided, { meeting, version: before?.version ?? 0, at, by: actor });
    for (const event of events) state = frozen(evolve(state, frozen(event)));
    return { before, actor, name: command.type, decision, events, after: state };
  });
}

/** A command as the server has it: parsed. */
function commandOf(input: CommandInput | { type: CommandName }): Command {
  const parsed = parseCommand(input);
  if ("problem" in parsed) throw new Error(`The story wrote no command: ${parsed.problem.message}`);
  return parsed.command;
}

const actors: readonly Actor[] = [
  { kind: "account", account },
  { kind: "house", part: "presence" },
  ...anySeat.map((seat): Actor => ({ kind: "seat", seat })),
];

function choose(state: MeetingState | undefined, { name, choice, wild, word }: Step) {
  const start = commandNames.indexOf(name);
  const others = [...commandNames.slice(start + 1), ...commandNames.slice(0, start)];
  // A story that ends early tells of nothing but refusals.
  const names = [name, ...others.filter((other) => other !== "endMeeting")];
  const given: Given = { choice, word, oneOf: (list, salt = 0) => list[(choice + salt) % list.length]! };
  const all = (each: CommandName) =>
    (tales[each]?.(given) ?? [{ type: each }])
      .map((input) => commandOf(input))
      .flatMap((command) => actors.map((actor) => ({ actor, command })));
  for (const each of wild ? [] : names) {
    const fitting = all(each).filter(({ actor, command }) => "events" in decide(state, command, { actor, now: 0 }));
    if (fitting.length > 0) return fitting[choice % fitting.length]!;
  }
  const any = all(name);
  return any[choice % any.length]!;
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
