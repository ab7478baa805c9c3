/**
 * The programme's clock: the wall's, as it stood when this process began, running on steadily. A step of the wall
 * clock (NTP, a person) neither repeats nor skips programme time.
 */
export type Clock = () => number;

/** Milliseconds since 1970-01-01 UTC, with fractions; never goes back. */
export function steadyClock(): Clock {
  const origin = Date.now() - performance.now();
  return () => origin + performance.now();
}
