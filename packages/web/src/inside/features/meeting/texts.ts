import type { MeetingState } from "@raadhuis/meeting";
import type { Said, Texts } from "../../../i18n/words.ts";
import type { Presence } from "./presence.ts";

const phases = {
  "phase.planned": { en: "The meeting has not been opened yet", nl: "De vergadering is nog niet geopend" },
  "phase.open": { en: "No item under discussion", nl: "Geen agendapunt aan de orde" },
  "phase.suspended": { en: "The meeting is suspended", nl: "De vergadering is geschorst" },
  "phase.ended": { en: "The meeting is over", nl: "De vergadering is afgelopen" },
} as const satisfies Record<`phase.${MeetingState["phase"]}`, Said>;

const kinds = {
  "kind.public": { en: "Public", nl: "Openbaar" },
  "kind.private": { en: "Private", nl: "Besloten" },
  "kind.call": { en: "Call", nl: "Overleg" },
} as const satisfies Record<`kind.${MeetingState["kind"]}`, Said>;

const doors = {
  "doors.open": { en: "Doors open", nl: "Deuren open" },
  "doors.closed": { en: "Doors closed", nl: "Deuren gesloten" },
} as const satisfies Record<`doors.${MeetingState["epoch"]["doors"]}`, Said>;

const presences = {
  "presence.floor": { en: "has the floor", nl: "heeft het woord" },
  "presence.in": { en: "present", nl: "aanwezig" },
  "presence.left": { en: "has left", nl: "niet meer binnen" },
  "presence.outside": { en: "waits outside", nl: "wacht buiten" },
  "presence.absent": { en: "not in yet", nl: "nog niet binnen" },
  "presence.removed": { en: "removed", nl: "verwijderd" },
} as const satisfies Record<`presence.${Presence}`, Said>;

export const meeting = {
  ...phases,
  ...kinds,
  ...doors,
  ...presences,
  "meeting.untitled": { en: "Meeting", nl: "Vergadering" },
  "person.erased": { en: "(name erased)", nl: "(naam gewist)" },
  "item.erased": { en: "(title erased)", nl: "(titel gewist)" },
  "item.present": { en: "Under discussion:", nl: "Aan de orde:" },
  "air.on": { en: "On air", nl: "In uitzending" },
  "air.off": { en: "Off air", nl: "Niet in uitzending" },
  "floor.held": { en: "Has the floor: {{who}}", nl: "Aan het woord: {{who}}" },
  "floor.free": { en: "Nobody has the floor", nl: "Niemand heeft het woord" },
  "floor.give": { en: "Give the floor", nl: "Geef het woord" },
  "floor.take": { en: "Take the floor back", nl: "Neem het woord terug" },
  "conduct.title": { en: "Conduct the meeting", nl: "Vergadering leiden" },
  "conduct.open": { en: "Open the meeting", nl: "Open de vergadering" },
  "conduct.next": { en: "Next item", nl: "Volgend punt" },
  "conduct.resume": { en: "Resume", nl: "Hervat" },
  "conduct.suspend": { en: "Suspend", nl: "Schors" },
  "conduct.close": { en: "End the meeting", nl: "Beëindig de vergadering" },
  "conduct.close.question": { en: "End the meeting?", nl: "De vergadering beëindigen?" },
  "conduct.close.explanation": {
    en: "Everybody leaves and the broadcast stops. A meeting that is over cannot be opened again.",
    nl: "Iedereen gaat eruit en de uitzending stopt. Een vergadering die is afgelopen kan niet opnieuw worden geopend.",
  },
  "conduct.close.sure": {
    en: "Yes, this meeting is over for good",
    nl: "Ja, deze vergadering is definitief afgelopen",
  },
  "conduct.closeDoors": { en: "Close the doors", nl: "Sluit de deuren" },
  "conduct.openDoors": { en: "Open the doors", nl: "Open de deuren" },
  "doors.close.question": { en: "Close the doors?", nl: "De deuren sluiten?" },
  "doors.close.explanation": {
    en: "The broadcast stops and the public sees a still picture. The chair, the clerks and the members stay; others wait outside until the doors open.",
    nl: "De uitzending stopt en het publiek ziet een stilstaand beeld. De voorzitter, de griffie en de leden blijven; anderen wachten buiten tot de deuren opengaan.",
  },
  "doors.close.stay": { en: "Who else may stay?", nl: "Wie mag erbij blijven?" },
  "agenda.start": { en: "Start", nl: "Begin" },
  "agenda.startNamed": { en: "Start {{title}}", nl: "Begin met {{title}}" },
  "queue.title": { en: "Asks for the floor", nl: "Wil het woord" },
  "queue.empty": { en: "Nobody has raised a hand.", nl: "Niemand heeft de hand opgestoken." },
  "queue.lower": { en: "Lower the hand", nl: "Laat de hand zakken" },
  "queue.lowerNamed": { en: "Lower the hand of {{who}}", nl: "Laat de hand zakken van {{who}}" },
  "people.title": { en: "People ({{present}} of {{of}} present)", nl: "Mensen ({{present}} van {{of}} aanwezig)" },
  "people.remove": { en: "Remove", nl: "Verwijder" },
  "people.removeNamed": { en: "Remove {{who}}", nl: "Verwijder {{who}}" },
  "people.remove.question": { en: "Remove {{who}} from the meeting?", nl: "{{who}} uit de vergadering verwijderen?" },
  "people.remove.explanation": {
    en: "This person is put out at once and cannot come back by their own link. You can readmit them later, with a new link.",
    nl: "Deze persoon gaat er direct uit en komt met de eigen link niet meer binnen. U kunt iemand later weer toelaten, met een nieuwe link.",
  },
  "people.readmit": { en: "Readmit", nl: "Laat weer toe" },
  "people.readmitNamed": { en: "Readmit {{who}}", nl: "Laat {{who}} weer toe" },
  "people.readmit.question": { en: "Readmit {{who}}?", nl: "{{who}} weer toelaten?" },
  "people.readmit.explanation": {
    en: "The old link works no more. The clerk’s office makes a new one on the meeting’s screen and passes it on.",
    nl: "De oude link werkt niet meer. De griffie maakt op het vergaderscherm een nieuwe en geeft die door.",
  },
  "bar.suspended": { en: "Suspended", nl: "Geschorst" },
} as const satisfies Texts;
