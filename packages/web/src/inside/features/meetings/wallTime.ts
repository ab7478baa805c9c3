import { Temporal } from "temporal-polyfill";

/** Which instant a date and time by the body's clock is, ms. */
export type Moment =
  | { kind: "once"; at: number }
  /** In the night when the clocks go back. */
  | { kind: "twice"; first: number; second: number }
  /** In the night when they go forward. */
  | { kind: "never" }
  /** Not filled in. */
  | { kind: "nothing" };

/** `wall`: as `<input type="datetime-local">` has it. */
export function momentOf(wall: string, zone: string): Moment {
  const typed = plainOf(wall);
  if (!typed) return { kind: "nothing" };
  const [first, second] = (["earlier", "later"] as const).map((disambiguation) =>
    typed.toZonedDateTime(zone, { disambiguation }),
  );
  if (!first || !second) return { kind: "nothing" };
  if (first.equals(second)) return { kind: "once", at: first.epochMilliseconds };
  // What does not exist is moved to what does.
  if (!first.toPlainDateTime().equals(typed)) return { kind: "never" };
  return { kind: "twice", first: first.epochMilliseconds, second: second.epochMilliseconds };
}

function plainOf(wall: string): Temporal.PlainDateTime | null {
  try {
    return Temporal.PlainDateTime.from(wall);
  } catch {
    return null;
  }
}

/** The next whole hour of the body's clock after `now`, ms, as a date field takes it. */
export function nextHour(now: number, zone: string): string {
  const here = Temporal.Instant.fromEpochMilliseconds(now + 1).toZonedDateTimeISO(zone);
  const hour = here.round({ smallestUnit: "hour", roundingMode: "ceil" });
  return hour.toPlainDateTime().toString({ smallestUnit: "minute" });
}
