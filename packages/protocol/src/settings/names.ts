import type { SettingsProblem } from "./types.ts";

/** What the house tells its own processes; nobody else sets these. */
export const internalNames = [
  "RAADHUIS_ADMISSION_SECRET",
  "RAADHUIS_PART",
  "RAADHUIS_SPARE",
  "RAADHUIS_MEETING",
  "RAADHUIS_DEMO_PEOPLE",
  "RAADHUIS_DEMO_PLANNED",
  "RAADHUIS_DEMO_SETUP_LINK",
] as const;

/** For tests, and for set-up before there is a house. */
const OTHERS = /^RAADHUIS_TEST_|^RAADHUIS_EGRESS_LINGER_MS$/;
/** A name this short is near to many that have nothing to do with us. */
const SHORTEST = 8;
/** Letters that are wrong, missing, too many or in each other's place. */
const SLIPS = 2;

/**
 * Names that look like settings and are none: a slip (RAADHUIS_TSL) would go unseen, and with it what was meant. All that
 * begins with RAADHUIS_ is ours; of other names (TURN_URL, GALERY_PORT) those that differ from one of ours by a slip.
 */
export function unknownNames(given: readonly string[], known: readonly string[]): SettingsProblem[] {
  const all = [...known, ...internalNames];
  return given.flatMap((variable): SettingsProblem[] => {
    if (all.includes(variable) || OTHERS.test(variable)) return [];
    const upper = variable.toUpperCase();
    const [nearest, slips] = nearestOf(upper, known);
    const near = slips <= SLIPS && nearest.length >= SHORTEST;
    if (!near && !upper.startsWith("RAADHUIS_")) return [];
    const hint = slips <= Math.ceil(nearest.length / 3) ? ` Did you mean ${nearest}?` : " README.md lists all of them.";
    return [{ code: "settings.unknown", variable, message: `${variable} is no setting of the house.${hint}` }];
  });
}

function nearestOf(name: string, known: readonly string[]): [name: string, slips: number] {
  const [first] = known.map((one): [string, number] => [one, slipsBetween(name, one)]).sort(([, a], [, b]) => a - b);
  return first ?? ["", Number.POSITIVE_INFINITY];
}

/** Optimal string alignment: insertions, deletions, substitutions, and swaps of two neighbours. */
export function slipsBetween(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j]!, older[j - 2]! + 1);
    }
    [older, last] = [last, row];
  }
  return last[b.length]!;
}
