import { gap, notDrawn } from "./drawn.ts";
import type { Seat } from "./seats/shapes.ts";

/**
 * What two names have in common that a reader cannot tell apart: compatibility forms, case, spacing and characters
 * that are not drawn (in the manner of Unicode's NFKC_Casefold). Lookalike letters of other scripts are not covered.
 */
export const nameKey = (name: string): string =>
  name.normalize("NFKC").replace(notDrawn, "").toUpperCase().toLowerCase().normalize("NFKC").replace(gap, " ").trim();

type Named = Pick<Seat, "name">;

/** A name's key can be eighteen times as long as the name (U+FDFA), and costs as much to make: once for each seat. */
const keys = new WeakMap<Named, string>();

function keyOf(seat: Named & { name: string }): string {
  const known = keys.get(seat);
  if (known !== undefined) return known;
  const key = nameKey(seat.name);
  keys.set(seat, key);
  return key;
}

const isNamed = (seat: Named): seat is Named & { name: string } => seat.name !== null;

/** A removed seat keeps its name: nobody takes the place of the one who was put out. */
export function nameIsTaken(seats: readonly Named[], name: string): boolean {
  const key = nameKey(name);
  return seats.some((seat) => isNamed(seat) && keyOf(seat) === key);
}

/** Where a name stands a second time, and where it stood before; `null`: each is there once. */
export function firstTwins(names: readonly string[]): { index: number; other: number } | null {
  const seen = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const other = seen.get(nameKey(name));
    if (other !== undefined) return { index, other };
    seen.set(nameKey(name), index);
  }
  return null;
}
