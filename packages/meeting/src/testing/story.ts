import fc from "fast-check";
import {
  type Actor,
  type Command,
  type CommandInput,
  type CommandName,
  commandNames,
  type Decision,
  decide,
  evolve,
  ItemId,
  type MeetingEvent,
  MeetingId,
  MeetingKind,
  type MeetingState,
  PersonName,
  parseCommand,
  Role,
  SeatId,
  Slate,
  stamp,
} from "../index.ts";

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

/** One step told. `before` and `after` are frozen all through: whoever changes a state in place throws. */
export interface Moment {
  before: MeetingState | undefined;
  actor: Actor;
  name: CommandName;
  decision: Decision;
  events: MeetingEvent[];
  after: MeetingState | undefined;
}

export const meeting = MeetingId.parse("storymeeting");
export const seats = Array.from({ length: 8 }, (_, index) => SeatId.parse(`storyseat${index}`));
const items = Array.from({ length: 4 }, (_, index) => ItemId.parse(`storyitem${index}`));
/** Never assigned. */
export const stranger = SeatId.parse("strangerseat");
const unknownItem = ItemId.parse("strangeitem");

const rarely: readonly CommandName[] = ["planMeeting", "closeMeeting"];
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

export const eventsOf = (moments: readonly Moment[]): MeetingEvent[] => moments.flatMap(({ events }) => events);

/** A command as the server has it: parsed. */
function commandOf(input: CommandInput): Command {
  const parsed = parseCommand(input);
  if ("problem" in parsed) throw new Error(`The story wrote no command: ${parsed.problem.message}`);
  return parsed.command;
}

/** Every way to write a command of this name with these words, sensible or not. */
function inputsOf(name: CommandName, choice: number, word: string): CommandInput[] {
  const oneOf = <T>(list: readonly T[], salt = 0): T => list[(choice + salt) % list.length]!;
  const anySeat = [...seats, stranger];
  const anyItem = [...items, unknownItem];
  switch (name) {
    case "planMeeting":
      return ["public", "public", "public", "closed", "call"].flatMap((kind) =>
        [true, false].map((recording) => ({
          type: name,
          kind: MeetingKind.parse(kind),
          body: word,
          title: word,
          startsAt: choice,
          recording,
        })),
      );
    case "assignSeat":
      return seats.flatMap((seat, index) =>
        [word, "Vos", "VOS"].map((taken) => ({
          type: name,
          seat,
          role: index === 0 ? "chair" : oneOf(Role.options, index),
          name: taken,
          party: choice % 3 === 0 ? null : word,
        })),
      );
    case "addItem":
      return items.map((item) => ({ type: name, item, title: word }));
    case "removeItem":
    case "startItem":
      return anyItem.map((item) => ({ type: name, item }));
    case "removeSeat":
    case "readmitSeat":
    case "arrive":
    case "lowerHand":
    case "giveFloor":
    case "takeFloor":
      return anySeat.map((seat) => ({ type: name, seat }));
    case "leave":
      return anySeat.flatMap((seat) => [false, true].map((said) => ({ type: name, seat, said })));
    case "closeDoors":
      return [
        { type: name },
        { type: name, admitted: [oneOf(seats)] },
        { type: name, admitted: [oneOf(anySeat), stranger] },
      ];
    case "writeSlate":
      return [word, null].map((text) => ({ type: name, slate: oneOf(Slate.options), text }));
    default:
      return [{ type: name }];
  }
}

const actors: readonly Actor[] = [
  { kind: "office" },
  { kind: "house" },
  ...[...seats, stranger].map((seat): Actor => ({ kind: "seat", seat })),
];

function choose(state: MeetingState | undefined, { name, choice, wild, word }: Step) {
  const start = commandNames.indexOf(name);
  const names = [...commandNames.slice(start), ...commandNames.slice(0, start)];
  const all = (each: CommandName) =>
    inputsOf(each, choice, word)
      .map(commandOf)
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
