import { Temporal } from "temporal-polyfill";

interface Day<Entry> {
  date: string;
  /** When the first entry of the list last happened on it. */
  at: number;
  entries: Entry[];
}

/** What happened, in the order it comes in, under the day on which it last did. `dateOf`: in the body's zone. */
export function byDay<Entry extends { last: number }>(
  entries: readonly Entry[],
  dateOf: (at: number) => string,
): Day<Entry>[] {
  const days: Day<Entry>[] = [];
  for (const entry of entries) {
    const date = dateOf(entry.last);
    const day = days.at(-1);
    if (day?.date === date) day.entries.push(entry);
    else days.push({ date, at: entry.last, entries: [entry] });
  }
  return days;
}

/** Days from one date to another, by the calendar. */
export const daysBetween = (from: string, to: string): number => Temporal.PlainDate.from(from).until(to).days;
