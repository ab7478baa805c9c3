import { isZone } from "@raadhuis/protocol/zone";
import type { Language } from "./language.ts";

/** How times are written: by the body's clock, in the reader's language. All instants in ms since 1970 UTC. */
export interface Times {
  /** IANA's name of the zone they are in. */
  zone: string;
  /** The place that the zone is named after. @example "Amsterdam", "Port of Spain" */
  place: string;
  /** @example "Friday 27 November 2026" */
  day(at: number): string;
  /** @example "19:30" */
  time(at: number): string;
  /** For comparing days. @example "2026-11-27" */
  date(at: number): string;
  /** What the reader's own clock says then, with the weekday where it is another day; `null`: the same. */
  here(at: number): string | null;
}

/** Another zone that an older browser does not know is none to it: it says UTC then, and writes UTC. */
const known = (zone: string): string => (isZone(zone) ? zone : "UTC");

export const placeOf = (zone: string): string => (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");

/** `zone`: the body's; `own`: the reader's, by default the browser's. */
export function timesOf(language: Language, zone: string, own?: string): Times {
  const locale = language === "nl" ? "nl-NL" : "en-GB";
  const there = formatsIn(locale, known(zone));
  const here = formatsIn(locale, own);
  return {
    zone: known(zone),
    place: placeOf(known(zone)),
    day: (at) => there.day.format(at),
    time: (at) => there.time.format(at),
    date: (at) => there.date.format(at),
    here: (at) => {
      const sameDay = here.date.format(at) === there.date.format(at);
      if (sameDay && here.time.format(at) === there.time.format(at)) return null;
      return sameDay ? here.time.format(at) : `${here.weekday.format(at)} ${here.time.format(at)}`;
    },
  };
}

function formatsIn(locale: string, timeZone: string | undefined) {
  const format = (locales: string, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales, { ...options, ...(timeZone === undefined ? {} : { timeZone }) });
  return {
    day: format(locale, { weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    weekday: format(locale, { weekday: "long" }),
    time: format(locale, { hour: "2-digit", minute: "2-digit" }),
    // Sweden writes dates by ISO 8601.
    date: format("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit" }),
  };
}
