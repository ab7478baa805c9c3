import type { Role } from "@raadhuis/meeting";
import type { Language } from "./language.ts";
import type { Said, Texts } from "./words.ts";

const languages = {
  "language.nl": { en: "Nederlands", nl: "Nederlands" },
  "language.en": { en: "English", nl: "English" },
} as const satisfies Record<`language.${Language}`, Said>;

export const roles = {
  "role.chair": { en: "chair", nl: "voorzitter" },
  "role.deputy": { en: "deputy chair", nl: "plaatsvervangend voorzitter" },
  "role.clerk": { en: "clerk", nl: "griffier" },
  "role.member": { en: "member", nl: "lid" },
  "role.citizen": { en: "public speaker", nl: "inspreker" },
  "role.guest": { en: "guest", nl: "gast" },
  "role.interpreter": { en: "interpreter", nl: "tolk" },
  "role.observer": { en: "observer", nl: "toehoorder" },
} as const satisfies Record<`role.${Role}`, Said>;

export const shared = {
  ...languages,
  ...roles,
  "page.skip": { en: "Skip to content", nl: "Naar de inhoud" },
  "page.house": { en: "Raadhuis", nl: "Raadhuis" },
  "page.nav": { en: "Main menu", nl: "Hoofdmenu" },
  "page.footer": {
    en: "Raadhuis: meetings on your own ground. Your visit stays here and goes to nobody else.",
    nl: "Raadhuis: vergaderen op eigen grond. Uw bezoek blijft hier en gaat naar niemand anders.",
  },
  "copy.copy": { en: "Copy", nl: "Kopieer" },
  "copy.copied": { en: "Copied", nl: "Gekopieerd" },
  "copy.failed": { en: "Cannot copy: select the text", nl: "Kopiëren lukt niet: selecteer de tekst" },
  "confirm.cancel": { en: "Cancel", nl: "Annuleren" },
  "busy.soon": { en: "Working…", nl: "Bezig…" },
  "busy.long": { en: "This takes a little longer…", nl: "Dit duurt iets langer…" },
  "notice.request.not-found.title": { en: "There is no such page", nl: "Deze pagina is er niet" },
  "notice.request.not-found.text": {
    en: "Check the address, or go to the home page.",
    nl: "Controleer het adres, of ga naar de beginpagina.",
  },
  "notice.home": { en: "To the home page", nl: "Naar de beginpagina" },
  "zone.elsewhere": { en: "({{place}} time; {{here}} where you are)", nl: "(tijd in {{place}}; bij u {{here}})" },
  "zone.page": {
    en: "The times on this page are those of {{place}}. There it is {{there}} now; where you are it is {{here}}.",
    nl: "De tijden op deze pagina zijn die van {{place}}. Daar is het nu {{there}}, bij u {{here}}.",
  },
  "error.unknown": {
    en: "Something went wrong. Nothing was lost; please try again.",
    nl: "Er ging iets mis. Er is niets verloren gegaan; probeer het nog eens.",
  },
  "wait.seconds_one": { en: "{{count}} second", nl: "{{count}} seconde" },
  "wait.seconds_other": { en: "{{count}} seconds", nl: "{{count}} seconden" },
  "wait.minutes_one": { en: "{{count}} minute", nl: "{{count}} minuut" },
  "wait.minutes_other": { en: "{{count}} minutes", nl: "{{count}} minuten" },
  "agenda.title": { en: "Agenda", nl: "Agenda" },
  "agenda.empty": { en: "There are no items on the agenda.", nl: "Er staan geen punten op de agenda." },
  "agenda.now": { en: "now under discussion", nl: "nu aan de orde" },
} as const satisfies Texts;
