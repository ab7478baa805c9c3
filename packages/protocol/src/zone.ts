import { z } from "zod";

/** The body's time zone where nobody has said another one, and the machine is set to no place. */
export const DEFAULT_ZONE = "Europe/Amsterdam";

/** Java's abbreviations of old, which ICU knows and IANA does not. Temporal refuses them, and with it every page that plans. */
const ofNobody = /^(AC|AE|AG|AR|AS|BE|BS|CA|CN|CS|CT|EA|EC|IE|IS|JS|MI|NE|NS|PL|PN|PR|PS|SS|VS)T$/i;

/**
 * Whether this program knows it as one of IANA's time zones. Offsets (`+01:00`) are none: they know no summer time. What
 * one program knows another may not: pages ask again before they format by it.
 */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name) || ofNobody.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/**
 * A time zone as somebody gives it; becomes it in the capitals that are IANA's.
 * @example "Europe/Amsterdam", "America/Kralendijk"
 */
export const Zone = z
  .string()
  .max(64)
  .refine(isZone, "This is not the name of a time zone (IANA), as Europe/Amsterdam is.")
  .transform(zoneInCapitals);

/** Intl takes any capitals. Names it knows by another one (`Europe/Kyiv`) stay as they are. */
function zoneInCapitals(name: string): string {
  const { timeZone } = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions();
  return timeZone.toLowerCase() === name.toLowerCase() ? timeZone : name;
}

/** The machine's own zone where it is a place; servers are often set to none (`UTC`, `Etc/UTC`). */
export function zoneOfMachine(own = new Intl.DateTimeFormat().resolvedOptions().timeZone): string {
  return /^(?!Etc\/)\w+\//.test(own) && isZone(own) ? own : DEFAULT_ZONE;
}
