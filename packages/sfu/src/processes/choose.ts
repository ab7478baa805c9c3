import type { Load } from "./messages.ts";

/** A carrier as a new room sees it. */
export interface Candidate {
  /** As it last reported. */
  load: Load;
  /** Rooms it was given so lately that their people are not in its load yet. */
  fresh: number;
}

/** Cores that one person takes, about, when a carrier's own figure does not show it yet. */
const cpuPerPerson = 0.004;
/** Cores that a room takes which has just been given away. */
const cpuPerFreshRoom = 0.05;

/**
 * Which carrier takes a new room, as an index: the one with least to do, by the processor's time it takes or what its
 * people will take, whichever is more. `null`: there is none.
 */
export function chooseCarrier(candidates: readonly Candidate[]): number | null {
  let best: number | null = null;
  for (const [index, candidate] of candidates.entries()) {
    const least = best === null ? undefined : candidates[best];
    if (least === undefined || compare(candidate, least) < 0) best = index;
  }
  return best;
}

const costOf = ({ load, fresh }: Candidate): number =>
  Math.max(load.cpu, load.people * cpuPerPerson) + fresh * cpuPerFreshRoom;

function compare(a: Candidate, b: Candidate): number {
  return costOf(a) - costOf(b) || a.load.rooms + a.fresh - (b.load.rooms + b.fresh);
}
