import type { Result } from "./run-files.ts";

const SHOWN = 10;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

/** The slowest of these files, a line each; nothing where there are so few that one sees it by oneself. */
export function slowestOf(results: readonly Result[]): string[] {
  if (results.length <= SHOWN) return [];
  const slowest = results.toSorted((a, b) => b.ms - a.ms).slice(0, SHOWN);
  return ["slowest files:", ...slowest.map(({ name, ms }) => `  ${seconds(ms)} ${name}`)];
}

/** How long all of it took, where it took longer than one waits without asking. */
export function timeOf(ms: number): string[] {
  const whole = Math.round(ms / 1000);
  return whole < 60 ? [] : [`took ${Math.floor(whole / 60)} min ${whole % 60} s`];
}
