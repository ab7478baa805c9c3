/** One media thread, seen by a room that somebody joins: how many it carries of that room, and of all rooms. */
export interface ThreadLoad {
  room: number;
  all: number;
}

/** So many of one room are carried by one thread before it takes another: a small room needs no mirrors. */
export const peoplePerThread = 40;

/**
 * Which thread carries the next one of a room, as an index. A room fills a thread before it takes another, because each
 * further thread costs it one copy of every track; where all are full, its people are spread evenly.
 */
export function chooseThread(threads: readonly ThreadLoad[], full = peoplePerThread): number {
  const has = threads.some(({ room }) => room > 0 && room < full);
  const rank = ({ room, all }: ThreadLoad): number[] => {
    if (has) return [room > 0 && room < full ? 0 : 1, all];
    return room === 0 ? [0, all] : [1, room, all];
  };
  return threads.reduce((best, thread, index) => (isLess(rank(thread), rank(at(threads, best))) ? index : best), 0);
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const differs = a.findIndex((value, index) => value !== b[index]);
  return differs >= 0 && (a[differs] ?? 0) < (b[differs] ?? 0);
}

function at(threads: readonly ThreadLoad[], index: number): ThreadLoad {
  return threads[index] ?? { room: 0, all: 0 };
}
