/**
 * The programme's clock: the wall's, as it stood when this process began, running on steadily. A step of the wall
 * clock (NTP, a person) neither repeats nor skips programme time.
 */
export type Clock = () => number;

/**
 * Milliseconds since 1970-01-01 UTC, with fractions; never goes back.
 * @param notBefore where it begins if the wall clock stands before this: that was set back while no egress ran, and
 * the programme goes on where it was, ahead of the wall clock until the broadcast ends
 */
export function steadyClock(notBefore = 0): Clock {
  const origin = Math.max(Date.now(), notBefore) - performance.now();
  return () => origin + performance.now();
}
