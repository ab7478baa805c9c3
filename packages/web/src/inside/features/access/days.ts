const dayOf = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** What happened, in the order it comes in, under the day (in the reader's zone) on which it last did. */
export function byDay<Entry extends { last: number }>(entries: readonly Entry[]): { at: number; entries: Entry[] }[] {
  const days: { at: number; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const at = dayOf(entry.last);
    const day = days.at(-1);
    if (day?.at === at) day.entries.push(entry);
    else days.push({ at, entries: [entry] });
  }
  return days;
}

/** Days from then to now, by the calendar: 0 today, 1 yesterday. */
export const daysSince = (at: number, now: number): number => Math.round((dayOf(now) - dayOf(at)) / 86_400_000);
