import type { Role } from "@raadhuis/meeting";
import type { ProgrammeOrder } from "@raadhuis/protocol/children";

export type Locale = ProgrammeOrder["locale"];
/**
 * `waiting`: on air, but nobody to be seen yet. `interrupted`: the broadcast itself failed for a while. `soundAlone`: the
 * machine cannot make the picture.
 */
export type SlateKind = "before" | "suspended" | "doorsClosed" | "after" | "waiting" | "interrupted" | "soundAlone";

interface Texts {
  /** What is the matter, and what the public may expect. */
  slates: Record<SlateKind, { matter: string; hint: string }>;
  roles: Record<Role, string>;
}

const nl: Texts = {
  slates: {
    before: { matter: "De vergadering is nog niet begonnen", hint: "Aanvang {time}" },
    suspended: { matter: "De vergadering is geschorst", hint: "De uitzending gaat verder na de schorsing." },
    doorsClosed: { matter: "De deuren zijn gesloten", hint: "De uitzending gaat verder zodra de deuren opengaan." },
    after: { matter: "De vergadering is afgelopen", hint: "Bedankt voor het kijken." },
    waiting: { matter: "De vergadering is geopend", hint: "Beeld en geluid volgen." },
    interrupted: { matter: "De uitzending is even onderbroken", hint: "De vergadering komt zo weer in beeld." },
    soundAlone: { matter: "Even alleen geluid", hint: "Het beeld ontbreekt even, u hoort de vergadering wel." },
  },
  roles: {
    chair: "voorzitter",
    deputy: "plaatsvervangend voorzitter",
    clerk: "griffier",
    member: "lid",
    citizen: "inspreker",
    guest: "gast",
    interpreter: "tolk",
    observer: "toehoorder",
  },
};

const en: Texts = {
  slates: {
    before: { matter: "The meeting has not begun yet", hint: "Begins {time}" },
    suspended: { matter: "The meeting is suspended", hint: "The broadcast goes on after the break." },
    doorsClosed: { matter: "The doors are closed", hint: "The broadcast goes on as soon as the doors open." },
    after: { matter: "The meeting is over", hint: "Thank you for watching." },
    waiting: { matter: "The meeting is open", hint: "Picture and sound will follow." },
    interrupted: { matter: "The broadcast was interrupted", hint: "The meeting will be back in a moment." },
    soundAlone: { matter: "Sound only", hint: "There is no picture for a moment; you still hear the meeting." },
  },
  roles: {
    chair: "chair",
    deputy: "deputy chair",
    clerk: "clerk",
    member: "member",
    citizen: "public speaker",
    guest: "guest",
    interpreter: "interpreter",
    observer: "observer",
  },
};

const all: Record<Locale, Texts> = { nl, en };

interface Slate {
  locale: Locale;
  kind: SlateKind;
  /** ms; written in the body's time zone (IANA), whatever the machine's. */
  startsAt: number;
  zone: string;
}

export function slateText({ locale, kind, startsAt, zone }: Slate): { matter: string; hint: string } {
  const { matter, hint } = all[locale].slates[kind];
  const time = new Intl.DateTimeFormat(locale, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: zone,
  }).format(startsAt);
  return { matter, hint: hint.replace("{time}", time) };
}

/** A role in the reader's language. */
export const roleText = (locale: Locale, role: Role): string => all[locale].roles[role];
