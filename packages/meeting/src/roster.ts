import type { Seat } from "./state.ts";

/**
 * What two names have in common that a reader cannot tell apart: compatibility forms, case, spacing and characters
 * that are not drawn (in the manner of Unicode's NFKC_Casefold). Lookalike letters of other scripts are not covered.
 */
export const nameKey = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(/\p{Default_Ignorable_Code_Point}/gu, "")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKC")
    .replace(/\s+/gu, " ")
    .trim();

/** A removed seat keeps its name: nobody takes the place of the one who was put out. */
export function nameIsTaken(seats: readonly Pick<Seat, "name">[], name: string): boolean {
  const key = nameKey(name);
  return seats.some((seat) => seat.name !== null && nameKey(seat.name) === key);
}
