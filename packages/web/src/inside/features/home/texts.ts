import type { Texts } from "../../../i18n/words.ts";

export const home = {
  "home.title": { en: "Meet in public, on your own ground", nl: "Vergaderen in het openbaar, op eigen grond" },
  "home.lead": {
    en: "{{body}} meets here. Those invited take part by a personal link; everyone can watch, live and afterwards.",
    nl: "{{body}} vergadert hier. Wie is uitgenodigd doet mee met een persoonlijke link; iedereen kan meekijken, live en achteraf.",
  },
  "home.leadNobody": { en: "Nothing has been set up here yet.", nl: "Hier is nog niets ingericht." },
  "home.demo": { en: "This is an example, with invented people.", nl: "Dit is een voorbeeld, met verzonnen mensen." },
  "home.watch.title": { en: "Watch", nl: "Meekijken" },
  "home.watch.text": {
    en: "Public meetings can be seen live and afterwards. No signing in, no cookies.",
    nl: "Openbare vergaderingen zijn live en later terug te zien. Zonder aanmelden, zonder cookies.",
  },
  "home.watch.link": { en: "Watch the meetings", nl: "Bekijk de vergaderingen" },
  "home.take.title": { en: "Take part", nl: "Meedoen" },
  "home.take.text": {
    en: "Have you been invited? Open your personal link in this browser. There is nothing to install.",
    nl: "Hebt u een uitnodiging? Open uw persoonlijke link in deze browser. U hoeft niets te installeren.",
  },
  "home.office.title": { en: "Clerk’s office", nl: "Griffie" },
  "home.office.text": {
    en: "Prepare meetings, invite people and conduct.",
    nl: "Vergaderingen voorbereiden, uitnodigen en leiden.",
  },
  "home.office.link": { en: "To the office", nl: "Naar het kantoor" },
} as const satisfies Texts;
