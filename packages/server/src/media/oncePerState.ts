import type { MeetingState, Occupancy, occupancyOf } from "@raadhuis/meeting";

/** Every open page and media socket asks at each event, of the state before it and of the one after. */
export function oncePerState(answer: typeof occupancyOf): typeof occupancyOf {
  const known = new WeakMap<MeetingState, Occupancy>();
  return (state) => {
    const before = known.get(state);
    if (before) return before;
    const occupancy = answer(state);
    known.set(state, occupancy);
    return occupancy;
  };
}
