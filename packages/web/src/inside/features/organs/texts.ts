import type { Texts } from "../../../i18n/words.ts";

export const organs = {
  "organs.title": { en: "Councils and committees", nl: "Organen" },
  "organs.lead": {
    en: "The council, its committees, the college of mayor and aldermen. For a new meeting you choose which of them meets.",
    nl: "De raad, de commissies, het college. Bij een nieuwe vergadering kiest u welk orgaan vergadert.",
  },
  "organs.empty": {
    en: "There are none yet. Without them each meeting is of the body as a whole.",
    nl: "Er zijn nog geen organen. Zonder organen is elke vergadering van het bestuursorgaan als geheel.",
  },
  "organs.new": { en: "New council or committee", nl: "Nieuw orgaan" },
  "organs.name": { en: "Name of the council or committee", nl: "Naam van het orgaan" },
  "organs.add": { en: "Add", nl: "Voeg toe" },
  "organs.rename": { en: "Rename", nl: "Wijzig" },
  "organs.renameNamed": { en: "Rename {{name}}", nl: "Wijzig {{name}}" },
  "organs.renameHint": {
    en: "Meetings that were made already keep the name of then.",
    nl: "Vergaderingen die al gemaakt zijn houden de naam van toen.",
  },
  "organs.save": { en: "Save", nl: "Bewaar" },
  "organs.remove": { en: "Take off", nl: "Haal weg" },
  "organs.removeNamed": { en: "Take {{name}} off", nl: "Haal {{name}} weg" },
  "organs.remove.question": { en: "Take {{name}} off?", nl: "{{name}} weghalen?" },
  "organs.remove.explanation": {
    en: "New meetings can be of it no more. Meetings that were made already, planned ones too, keep its name.",
    nl: "Nieuwe vergaderingen kunnen er niet meer van zijn. Vergaderingen die al gemaakt zijn, ook geplande, houden de naam.",
  },
  "meeting.organ": { en: "Who meets", nl: "Wie vergadert" },
  "meeting.organ.whole": { en: "{{body}} as a whole", nl: "{{body}} als geheel" },
} as const satisfies Texts;
