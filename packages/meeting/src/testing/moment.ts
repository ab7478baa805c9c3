import assert from "node:assert/strict";
import type { Actor, CommandInput, CommandName, Decision, MeetingEvent, MeetingState } from "../index.ts";
import { AccountId, ItemId, MeetingId, mayEnter, mediaRightsOf, SeatId, seatOf } from "../index.ts";

export const meeting = MeetingId.parse("storymeeting");
export const seats = Array.from({ length: 8 }, (_, index) => SeatId.parse(`storyseat${index}`));
export const items = Array.from({ length: 4 }, (_, index) => ItemId.parse(`storyitem${index}`));
/** Never assigned. */
export const stranger = SeatId.parse("strangerseat");
export const unknownItem = ItemId.parse("strangeitem");
export const account = AccountId.parse("storyaccount");
export const anySeat = [...seats, stranger];
export const anyItem = [...items, unknownItem];

/** What a command in a story is written from. */
export interface Given {
  choice: number;
  word: string;
  /** One of a list by this choice. */
  oneOf<T>(list: readonly T[], salt?: number): T;
}

type NameIn<C extends { commands: readonly { name: string }[] }> = C["commands"][number]["name"] & CommandName;

/** Commands that hold nothing beside their name: there is one way to write them. */
type Bare<N extends CommandName> = N extends N
  ? [keyof Extract<CommandInput, { type: N }>] extends ["type"]
    ? N
    : never
  : never;

type Tale<N extends CommandName> = (given: Given) => (CommandInput & { type: N })[];

/** For each command of a chapter that holds something every way to write it, sensible or not. One that is missing is a type error. */
export type Tales<C extends { commands: readonly { name: string }[] }> = {
  readonly [N in Exclude<NameIn<C>, Bare<NameIn<C>>>]: Tale<N>;
};

/** One step told. `before` and `after` are frozen all through: whoever changes a state in place throws. */
export interface Moment {
  before: MeetingState | undefined;
  actor: Actor;
  name: CommandName;
  decision: Decision;
  events: MeetingEvent[];
  after: MeetingState | undefined;
}

/** What holds at every moment of every meeting, by a sentence. `soFar`: all moments up to and with this one. */
export type Invariants = Readonly<Record<string, (moment: Moment, soFar: readonly Moment[]) => void>>;

export const eventsOf = (moments: readonly Moment[]): MeetingEvent[] => moments.flatMap(({ events }) => events);

/** Nothing to enter, hear or publish, no floor, hand or presence; and a command from there does nothing. */
export function hasNoRight({ actor, decision, after }: Moment, id: SeatId, { commands = true } = {}): void {
  if (commands && actor.kind === "seat" && actor.seat === id && !removesItself(decision, id))
    assert.ok("refusal" in decision, `${id} has no right and did something`);
  if (!after) return;
  assert.equal(mayEnter(after, id), false);
  assert.equal(mediaRightsOf(after, id), null);
  assert.notEqual(after.floor.holder, id);
  assert.ok(!after.floor.queue.includes(id));
  assert.ok(!seatOf(after, id)?.present);
}

/** The one act that ends with its author removed. */
const removesItself = (decision: Decision, id: SeatId): boolean =>
  "events" in decision && decision.events.some((event) => event.type === "seat.removed" && event.structure.seat === id);
