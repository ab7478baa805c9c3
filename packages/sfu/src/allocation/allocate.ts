/** A track that somebody is to see, and in which qualities it can be sent. */
export interface Wanted {
  /** Those of a higher rank are raised first. */
  rank: number;
  /** bit/s of each quality that its subscriber's wish allows, from low to high. */
  bitrates: readonly number[];
  /** Index of the quality that is sent now; -1: none. */
  now: number;
}

/** bit/s. What is sent already may go on up to `keep`; more is sent only up to `raise`, which is lower. */
export interface Room {
  keep: number;
  raise: number;
  /** Nobody's picture is taken away yet: each has at least its lowest quality, whether it fits or not. */
  spareLowest: boolean;
}

/** bit/s. `spent`: by what was chosen; `next`: with the smallest raise that was not possible; `full`: by the best of all. */
export interface Allocation {
  /** For each of the wanted: index of its quality; -1: paused. */
  levels: number[];
  spent: number;
  next: number;
  full: number;
}

export const unlimited: Room = {
  keep: Number.POSITIVE_INFINITY,
  raise: Number.POSITIVE_INFINITY,
  spareLowest: true,
};

/**
 * Shares a path among pictures. Everybody's lowest quality comes first, in the order of rank; then the highest rank is
 * raised as far as it goes, then the next; those of one rank take turns.
 *
 * The same question with the answer as `now` has the same answer, also with less room, as long as what is sent fits:
 * it does not flap.
 */
export function allocate(wanted: readonly Wanted[], room: Room): Allocation {
  const levels = wanted.map(() => -1);
  let spent = 0;
  let cheapest = Number.POSITIVE_INFINITY;
  const step = (index: number): boolean => {
    const { bitrates, now } = wanted[index] ?? nothing;
    const level = levels[index] ?? -1;
    const to = bitrates[level + 1];
    if (to === undefined) return false;
    const more = to - (bitrates[level] ?? 0);
    const fits = spent + more <= (level + 1 <= now ? room.keep : room.raise);
    if (!fits && !(level === -1 && room.spareLowest)) {
      cheapest = Math.min(cheapest, more);
      return false;
    }
    levels[index] = level + 1;
    spent += more;
    return true;
  };

  const order = [...wanted.keys()].sort((one, other) => rankOf(wanted[other]) - rankOf(wanted[one]));
  for (const index of order) step(index);
  for (const peers of byRank(order, wanted)) {
    let raising = peers.filter((index) => levels[index] !== -1);
    while (raising.length > 0) raising = raising.filter(step);
  }
  const full = wanted.reduce((sum, { bitrates }) => sum + (bitrates.at(-1) ?? 0), 0);
  return { levels, spent, next: cheapest === Number.POSITIVE_INFINITY ? spent : spent + cheapest, full };
}

const nothing: Wanted = { rank: 0, bitrates: [], now: -1 };

const rankOf = (wanted: Wanted | undefined): number => wanted?.rank ?? 0;

function byRank(order: readonly number[], wanted: readonly Wanted[]): number[][] {
  const groups = new Map<number, number[]>();
  for (const index of order) {
    const rank = rankOf(wanted[index]);
    groups.set(rank, [...(groups.get(rank) ?? []), index]);
  }
  return [...groups.values()];
}
