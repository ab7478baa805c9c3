import type { Texts } from "../../../i18n/words.ts";

export const seat = {
  "enter.title": { en: "You have a personal link", nl: "U hebt een persoonlijke link" },
  "enter.text": {
    en: "This link is your place in a meeting. Press the button to go on; until then nothing happens.",
    nl: "Deze link is uw plaats in een vergadering. Druk op de knop om verder te gaan; tot dan gebeurt er niets.",
  },
  "enter.submit": { en: "Go to the meeting", nl: "Ga naar de vergadering" },
  "enter.whose": {
    en: "Is this link not meant for you? Then close this page.",
    nl: "Is deze link niet voor u? Sluit dan deze pagina.",
  },
  "left.title": { en: "You have left the meeting", nl: "U hebt de vergadering verlaten" },
  "left.text": {
    en: "Your microphone and camera are off. You can come back while the meeting lasts.",
    nl: "Uw microfoon en camera zijn uit. Zolang de vergadering duurt kunt u terug.",
  },
  "left.return": { en: "Back to the meeting", nl: "Terug naar de vergadering" },
} as const satisfies Texts;
