import { formOf, type MeetingState, occupancyOf, placesOf, rightsOf, type Seat } from "@raadhuis/meeting";
import type { PlainKey } from "../../words.ts";

export type Foretold = "sends" | "tries" | "listens";

/**
 * What a seat will be able to do when it goes in now. `sends`: what is on in the lobby is on inside. `tries`: it may
 * send only once it is given the floor, so that the lobby is for trying. `listens`: nothing of its own, ever.
 */
export function foretold(state: MeetingState, seat: Seat | undefined): Foretold {
  if (!seat || rightsOf(seat.role).publish === "never") return "listens";
  const sends = placesOf(occupancyOf(state), seat.id).some(({ rights }) => rights.publish.length > 0);
  return sends ? "sends" : "tries";
}

/**
 * Whoever comes in for the first time while the others are at it: a microphone that is on would be heard at once.
 * `wasIn`: by this browser, whose lobby is to be as its person left it.
 */
export const arrivesLate = ({ phase }: Pick<MeetingState, "phase">, { wasIn }: { wasIn: boolean }): boolean =>
  (phase === "open" || phase === "suspended") && !wasIn;

const onAir = { sends: "lobby.onAir", tries: "lobby.citizen", listens: "lobby.onAirListening" } as const;

/** What going in means now, as the key of a text. */
export function meaning(state: MeetingState, future: Foretold): PlainKey {
  if (state.phase === "planned") return "lobby.planned";
  if (state.epoch.onAir) return onAir[future];
  if (!formOf(state).gallery) return "lobby.closed";
  return state.epoch.doors === "closed" ? "lobby.doorsClosed" : "lobby.offAir";
}
