import type { Texts } from "../../../i18n/words.ts";

export const programme = {
  "gallery.title": { en: "Public meetings", nl: "Openbare vergaderingen" },
  "gallery.lead": {
    en: "Watch {{body}}, live or later. You need not sign in and there are no cookies.",
    nl: "Kijk mee met {{body}}, live of later. U hoeft zich niet aan te melden en er zijn geen cookies.",
  },
  "gallery.empty": {
    en: "No public meetings have been announced yet. Come back later.",
    nl: "Er zijn nog geen openbare vergaderingen aangekondigd. Kom later terug.",
  },
  "gallery.live": { en: "Live now", nl: "Nu live" },
  "gallery.unreachable": {
    en: "The list cannot be fetched now. Reload the page in a moment.",
    nl: "De lijst kan nu niet worden opgehaald. Laad de pagina zo nog eens.",
  },
} as const satisfies Texts;
