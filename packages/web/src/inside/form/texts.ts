import type { WordFault } from "@raadhuis/meeting";
import type { Said, Texts } from "../../i18n/words.ts";

const faults = {
  "form.missing": { en: "Fill in “{{field}}”.", nl: "Vul “{{field}}” in." },
  "form.too-long": {
    en: "“{{field}}” is too long: {{most}} characters fit.",
    nl: "“{{field}}” is te lang: er passen {{most}} tekens.",
  },
  "form.odd": {
    en: "“{{field}}” holds characters that cannot be seen or turn the text around. Type it anew.",
    nl: "“{{field}}” bevat tekens die niet te zien zijn of de tekst omdraaien. Typ het opnieuw.",
  },
} as const satisfies Record<`form.${WordFault}`, Said>;

export const form = {
  ...faults,
  "form.too-short": {
    en: "“{{field}}” needs at least {{least}} characters.",
    nl: "“{{field}}” moet ten minste {{least}} tekens hebben.",
  },
  "form.address": {
    en: "“{{field}}” is not a whole address yet, such as name@town.example.",
    nl: "“{{field}}” is nog geen volledig adres, zoals naam@gemeente.example.",
  },
  "form.refused": {
    en: "“{{field}}” is not right. Check what stands there.",
    nl: "“{{field}}” klopt niet. Controleer wat er staat.",
  },
  "form.refused-line": {
    en: "“{{field}}” is not right on line {{line}}. Check what stands there.",
    nl: "“{{field}}” klopt niet op regel {{line}}. Controleer wat er staat.",
  },
  "form.restored": { en: "What you filled in earlier is here again.", nl: "Wat u eerder had ingevuld, staat er weer." },
  "form.anew": { en: "Start over", nl: "Opnieuw beginnen" },
} as const satisfies Texts;
