import { percentile } from "../result.ts";

/** What a broadcast's process holds at one moment, and how much of the programme it makes then. */
export interface Look {
  mb: number;
  lagMs: number;
  shown: string;
}

/** With fewer looks a median hangs on who happened to be in. */
const ENOUGH = 60;

/**
 * By how much memory grew from the third quarter to the last, MiB. A machine that cannot keep up makes fewer pictures,
 * which take less: only looks at which as much was made are compared, and the one that grew most counts. Throws where
 * there are not enough of any kind in both quarters.
 */
export function grownAlike(looks: readonly Look[]): number {
  const quarter = (index: number) =>
    looks.slice(Math.floor((looks.length * index) / 4), Math.floor((looks.length * (index + 1)) / 4));
  const [third, last] = [quarter(2), quarter(3)];
  const grown = [...new Set(looks.map(({ shown }) => shown))].flatMap((shown) => {
    const [before, after] = [third, last].map((part) =>
      part.filter((look) => look.shown === shown).map(({ mb }) => mb),
    );
    const enough = Math.min(ENOUGH, third.length / 2);
    if (!before || !after || before.length < enough || after.length < enough) return [];
    return [percentile(after, 0.5) - percentile(before, 0.5)];
  });
  if (grown.length === 0)
    throw new Error("No two quarters in which as much was made: the machine was too busy to tell.");
  return Math.max(...grown);
}
