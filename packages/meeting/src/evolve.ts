import type { Actor } from "./actor.ts";
import type { First } from "./chapter.ts";
import { chapters } from "./chapters.ts";
import type { EventOf, EventType, MeetingEvent, NewEvent } from "./event.ts";
import type { Instant, MeetingId } from "./ids.ts";
import type { MeetingState } from "./state.ts";

/**
 * The state after an event. The same on server and page. Words of an erased payload are `null`; nothing else depends
 * on a payload. Throws only where the event cannot follow this state: another meeting's, or out of order.
 */
export function evolve(state: MeetingState | undefined, event: MeetingEvent): MeetingState {
  const expected = (state?.version ?? 0) + 1;
  if (event.version !== expected) throw new Error(`Event ${event.version} came where ${expected} was due.`);
  if (!state) {
    if (event.type !== "meeting.planned") throw new Error("A meeting begins with meeting.planned.");
    return begun(event);
  }
  if (event.type === "meeting.planned") throw new Error("A meeting is planned once.");
  if (event.meeting !== state.id) throw new Error(`An event of meeting ${event.meeting} came to ${state.id}.`);
  return changed({ ...state, version: event.version }, event);
}

/** Folds a meeting's events from the first; `undefined` of none. */
export const fold = (events: Iterable<MeetingEvent>, from?: MeetingState): MeetingState | undefined => {
  let state = from;
  for (const event of events) state = evolve(state, event);
  return state;
};

/** Gives decided events their meeting, number, time and author. `version`: of the state they were decided on, or 0. */
export const stamp = (
  events: readonly NewEvent[],
  { meeting, version, at, by }: { meeting: MeetingId; version: number; at: Instant; by: Actor },
): MeetingEvent[] => events.map((event, index) => ({ meeting, version: version + 1 + index, at, by, ...event }));

const { course, doors, seats, agenda, floor, slates } = chapters;

const begun = (event: EventOf<First>): MeetingState => ({
  id: event.meeting,
  version: event.version,
  ...course.begin(event),
  ...doors.begin(event),
  ...seats.begin(event),
  ...agenda.begin(event),
  ...floor.begin(event),
  ...slates.begin(event),
});

type Reactions = { readonly [T in EventType]?: (state: MeetingState, event: EventOf<T>) => Partial<MeetingState> };
const inOrder: readonly Reactions[] = Object.values(chapters).map(({ evolve }) => evolve);

function changed<T extends EventType>(state: MeetingState, event: EventOf<T>): MeetingState {
  let next = state;
  for (const reactions of inOrder) {
    const react: Reactions[T] = reactions[event.type];
    if (react) next = { ...next, ...react(next, event) };
  }
  return next;
}
