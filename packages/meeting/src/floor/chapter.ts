import { chapter } from "../chapter.ts";
import type { SeatId } from "../ids.ts";
import { mayEnter } from "../rights.ts";
import type { MeetingState } from "../state.ts";
import { giveFloor } from "./giveFloor.ts";
import { lowerHand } from "./lowerHand.ts";
import { raiseHand } from "./raiseHand.ts";
import { takeFloor } from "./takeFloor.ts";

/** Who has the right to speak, and who asks for it. */
export const floor = chapter({
  name: "floor",
  commands: [raiseHand, lowerHand, giveFloor, takeFloor],
  begin: () => ({ floor: { holder: null, queue: [] } }),
  evolve: {
    "hand.raised": ({ floor }, { structure: { seat } }) => ({ floor: { ...floor, queue: [...floor.queue, seat] } }),
    "hand.lowered": ({ floor }, { structure: { seat } }) => ({
      floor: { ...floor, queue: without(floor.queue, seat) },
    }),
    "floor.given": ({ floor }, { structure: { seat } }) => ({
      floor: { holder: seat, queue: without(floor.queue, seat) },
    }),
    "floor.taken": nobodyHoldsIt,
    "meeting.suspended": nobodyHoldsIt,
    "meeting.ended": onlyThoseAllowedIn,
    "doors.closed": onlyThoseAllowedIn,
    "seat.removed": onlyThoseAllowedIn,
    "seat.left": ({ floor }, { structure: { seats, said } }) =>
      said ? { floor: onlyThose(floor, (seat) => !seats.includes(seat)) } : {},
  },
});

const without = (queue: readonly SeatId[], id: SeatId): SeatId[] => queue.filter((seat) => seat !== id);

function nobodyHoldsIt({ floor }: MeetingState): Pick<MeetingState, "floor"> {
  return { floor: { ...floor, holder: null } };
}

/** Whoever may no longer be in the chamber has neither hand nor floor. */
function onlyThoseAllowedIn(state: MeetingState): Pick<MeetingState, "floor"> {
  return { floor: onlyThose(state.floor, (seat) => mayEnter(state, seat)) };
}

const onlyThose = ({ holder, queue }: MeetingState["floor"], keeps: (seat: SeatId) => boolean) => ({
  holder: holder !== null && keeps(holder) ? holder : null,
  queue: queue.filter(keeps),
});
