/** Node takes whatever is longer, ms, for 1 ms. */
const longestMs = 2 ** 31 - 1;

/** A time that was asked for, s, as a timer can have it, ms: 24 days at most. */
export const timerMs = (seconds: number): number => Math.min(seconds * 1000, longestMs);
