/**
 * Pause before the next try, ms: 0.25 s at first, doubling to 2 s, so that a server that comes back finds its pages
 * back within two seconds and one that stays away is not flooded. `dice` (0..1) spreads many pages apart.
 */
export function pauseBefore(attempt: number, dice: number): number {
  const base = Math.min(2000, 250 * 2 ** Math.max(0, attempt - 1));
  return Math.round(base * (0.8 + 0.4 * dice));
}
