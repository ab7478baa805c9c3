import { isOnAir } from "./epoch.ts";
import type { Actor, MeetingEvent, NewEvent } from "./event.ts";
import type { Instant, MeetingId, SeatId } from "./ids.ts";
import { mayEnter } from "./rights.ts";
import type { Epoch, MeetingState, Seat } from "./state.ts";

type Planned = Extract<MeetingEvent, { type: "meeting.planned" }>;

/**
 * The state after an event. The same on server and page. Words of an erased payload are `null`; nothing else depends
 * on a payload. Throws only where the event cannot follow this state: another meeting's, or out of order.
 */
export function evolve(state: MeetingState | undefined, event: MeetingEvent): MeetingState {
  const expected = (state?.version ?? 0) + 1;
  if (event.version !== expected) throw new Error(`Event ${event.version} came where ${expected} was due.`);
  if (!state) {
    if (event.type !== "meeting.planned") throw new Error("A meeting begins with meeting.planned.");
    return planned(event);
  }
  if (event.meeting !== state.id) throw new Error(`An event of meeting ${event.meeting} came to ${state.id}.`);
  const next = changed(state, event);
  const onAir = isOnAir(next);
  const epoch = onAir === next.epoch.onAir ? next.epoch : { ...next.epoch, onAir };
  return { ...next, version: event.version, epoch };
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

const planned = ({ meeting, version, at, structure, payload }: Planned): MeetingState => ({
  id: meeting,
  version,
  kind: structure.kind,
  body: payload?.body ?? null,
  title: payload?.title ?? null,
  startsAt: structure.startsAt,
  recording: structure.recording,
  phase: "planned",
  openedAt: null,
  closedAt: null,
  epoch: { number: 1, doors: structure.kind === "public" ? "open" : "closed", onAir: false, since: at, admitted: [] },
  agenda: [],
  item: null,
  seats: [],
  floor: { holder: null, queue: [] },
  slates: { before: null, suspended: null, doorsClosed: null, after: null },
});

function changed(state: MeetingState, event: MeetingEvent): MeetingState {
  switch (event.type) {
    case "meeting.planned":
      throw new Error("A meeting is planned once.");
    case "meeting.opened":
      return { ...state, phase: "open", openedAt: event.at, epoch: epochFrom(state, event) };
    case "meeting.suspended":
      return { ...state, phase: "suspended", floor: { ...state.floor, holder: null } };
    case "meeting.resumed":
      return { ...state, phase: "open", epoch: epochFrom(state, event) };
    case "meeting.closed":
      return onlyThoseAllowedIn({ ...state, phase: "closed", closedAt: event.at });
    case "doors.closed": {
      const { epoch, admitted } = event.structure;
      const behind: Epoch = { number: epoch, doors: "closed", onAir: false, since: event.at, admitted };
      return onlyThoseAllowedIn({ ...state, epoch: behind });
    }
    case "doors.opened":
      return { ...state, epoch: { ...epochFrom(state, event), doors: "open", admitted: [] } };
    case "item.added":
      return {
        ...state,
        agenda: [...state.agenda, { id: event.structure.item, title: event.payload?.title ?? null }],
      };
    case "item.removed":
      return { ...state, agenda: state.agenda.filter(({ id }) => id !== event.structure.item) };
    case "item.started":
      return { ...state, item: event.structure.item };
    case "seat.assigned":
      return { ...state, seats: [...state.seats, assigned(event.structure, event.payload)] };
    case "seat.removed":
      return onlyThoseAllowedIn(withSeat(state, event.structure.seat, { removed: true }));
    case "seat.readmitted":
      return withSeat(state, event.structure.seat, { removed: false });
    case "seat.arrived":
      return withSeat(state, event.structure.seat, { present: true, wasIn: true });
    case "seat.left":
      return withSeat(state, event.structure.seat, { present: false });
    case "hand.raised":
      return { ...state, floor: { ...state.floor, queue: [...state.floor.queue, event.structure.seat] } };
    case "hand.lowered":
      return { ...state, floor: { ...state.floor, queue: without(state.floor.queue, event.structure.seat) } };
    case "floor.given": {
      const { seat } = event.structure;
      return { ...state, floor: { holder: seat, queue: without(state.floor.queue, seat) } };
    }
    case "floor.taken":
      return { ...state, floor: { ...state.floor, holder: null } };
    case "slate.written":
      return { ...state, slates: { ...state.slates, [event.structure.slate]: event.payload?.text ?? null } };
    default:
      return event satisfies never;
  }
}

/** The epoch named by the event: the present one goes on, or a new one begins with the same doors. */
const epochFrom = ({ epoch }: MeetingState, event: { at: Instant; structure: { epoch: number } }): Epoch =>
  event.structure.epoch === epoch.number ? epoch : { ...epoch, number: event.structure.epoch, since: event.at };

const assigned = (
  { seat, role }: Extract<MeetingEvent, { type: "seat.assigned" }>["structure"],
  payload: Extract<MeetingEvent, { type: "seat.assigned" }>["payload"],
): Seat => ({
  id: seat,
  role,
  name: payload?.name ?? null,
  party: payload?.party ?? null,
  removed: false,
  present: false,
  wasIn: false,
});

const withSeat = (state: MeetingState, id: SeatId, change: Partial<Seat>): MeetingState => ({
  ...state,
  seats: state.seats.map((seat) => (seat.id === id ? { ...seat, ...change } : seat)),
});

const without = (queue: readonly SeatId[], id: SeatId): SeatId[] => queue.filter((seat) => seat !== id);

/** Whoever may no longer be in the chamber is not there, and has neither hand nor floor. */
function onlyThoseAllowedIn(state: MeetingState): MeetingState {
  const { holder, queue } = state.floor;
  return {
    ...state,
    seats: state.seats.map((seat) => (seat.present && !mayEnter(state, seat.id) ? { ...seat, present: false } : seat)),
    floor: {
      holder: holder !== null && mayEnter(state, holder) ? holder : null,
      queue: queue.filter((id) => mayEnter(state, id)),
    },
  };
}
