import type { MeetingState, WordFault } from "@raadhuis/meeting";
import type { Said, Texts } from "../../../i18n/words.ts";

const phases = {
  "phase.short.planned": { en: "planned", nl: "gepland" },
  "phase.short.open": { en: "in progress", nl: "bezig" },
  "phase.short.suspended": { en: "suspended", nl: "geschorst" },
  "phase.short.ended": { en: "over", nl: "afgelopen" },
} as const satisfies Record<`phase.short.${MeetingState["phase"]}`, Said>;

const kinds = {
  "meeting.kind.public": { en: "Public: everyone can watch", nl: "Openbaar: het publiek kijkt mee" },
  "meeting.kind.private": { en: "Private: no public, no recording", nl: "Besloten: geen publiek, geen opname" },
  "meeting.kind.call": { en: "Call: links only, no agenda", nl: "Overleg: alleen links, geen agenda" },
} as const satisfies Record<`meeting.kind.${MeetingState["kind"]}`, Said>;

const faults = {
  "meeting.agendaFault.missing": { en: "Line {{line}} is empty.", nl: "Regel {{line}} is leeg." },
  "meeting.agendaFault.too-long": {
    en: "Line {{line}} is too long: {{length}} characters, and 300 fit. It begins with “{{start}}…”.",
    nl: "Regel {{line}} is te lang: {{length}} tekens, en er passen er 300. Hij begint met “{{start}}…”.",
  },
  "meeting.agendaFault.odd": {
    en: "Line {{line}} holds characters that cannot be seen or turn the text around. Type it anew.",
    nl: "In regel {{line}} staan tekens die niet te zien zijn of de tekst omdraaien. Typ hem over.",
  },
} as const satisfies Record<`meeting.agendaFault.${WordFault}`, Said>;

export const meetings = {
  ...phases,
  ...kinds,
  ...faults,
  "meetings.title": { en: "Meetings", nl: "Vergaderingen" },
  "meetings.new": { en: "New meeting", nl: "Nieuwe vergadering" },
  "meetings.newTitle": { en: "New meeting", nl: "Nieuwe vergadering" },
  "meetings.unreadable": { en: "Cannot be read", nl: "Niet leesbaar" },
  "meetings.empty": {
    en: "There are no meetings yet. Make the first one; it takes less than two minutes.",
    nl: "Er zijn nog geen vergaderingen. Maak de eerste; het duurt nog geen twee minuten.",
  },
  "meeting.title": { en: "Title", nl: "Titel" },
  "meeting.starts": { en: "Starts", nl: "Begint" },
  "meeting.startsIn": { en: "{{place}} time.", nl: "Tijd in {{place}}." },
  "meeting.startsHere": { en: "{{place}} time; {{here}} where you are.", nl: "Tijd in {{place}}; bij u {{here}}." },
  "meeting.startsNever": {
    en: "There is no such time in {{place}} on that day: the clocks go forward and skip it. Choose another time.",
    nl: "Deze tijd is er die dag niet in {{place}}: de klok gaat dan vooruit en slaat die over. Kies een andere tijd.",
  },
  "meeting.startsWhich": { en: "Which of the two?", nl: "Welke van de twee?" },
  "meeting.startsTwice": {
    en: "This time comes twice in {{place}} on that day, as the clocks go back.",
    nl: "Deze tijd komt die dag twee keer in {{place}}, want de klok gaat terug.",
  },
  "meeting.startsFirst": { en: "the first, before the clocks go back", nl: "de eerste, voordat de klok teruggaat" },
  "meeting.startsSecond": { en: "the second, an hour later", nl: "de tweede, een uur later" },
  "meeting.past": { en: "This is in the past. Plan it anyway?", nl: "Dit is in het verleden. Toch zo plannen?" },
  "meeting.pastText": {
    en: "The meeting would have begun on {{day}} at {{time}}.",
    nl: "De vergadering zou begonnen zijn op {{day}} om {{time}}.",
  },
  "meeting.pastAct": { en: "Plan it anyway", nl: "Toch plannen" },
  "meeting.pastCancel": { en: "Back to the form", nl: "Terug naar het formulier" },
  "meeting.kind": { en: "Kind", nl: "Soort" },
  "meeting.recording": { en: "Record", nl: "Opnemen" },
  "meeting.recordingHint": {
    en: "The recording holds only what the public could see.",
    nl: "De opname bevat alleen wat het publiek heeft kunnen zien.",
  },
  "meeting.agendaHint": {
    en: "Paste the list: one item a line. Numbers and dashes are dropped.",
    nl: "Plak de lijst: één punt per regel. Nummers en streepjes vooraan vallen weg.",
  },
  "meeting.agendaPreview_one": { en: "{{count}} item", nl: "{{count}} punt" },
  "meeting.agendaPreview_other": { en: "{{count}} items", nl: "{{count}} punten" },
  "meeting.agendaNone": {
    en: "What you paste appears here as items, as everybody will see them.",
    nl: "Wat u plakt verschijnt hier als punten, zoals iedereen ze ziet.",
  },
  "meeting.agendaMarks": {
    en: "Leave out numbers, letters and dashes in front",
    nl: "Nummers, letters en streepjes vooraan weglaten",
  },
  "meeting.agendaTooMany": {
    en: "These are {{count}} items; a meeting has {{most}} at most.",
    nl: "Dit zijn {{count}} punten; een vergadering heeft er hoogstens {{most}}.",
  },
  "meeting.agendaShow": { en: "Show line {{line}}", nl: "Toon regel {{line}}" },
  "meeting.agendaLeftOut": { en: "Not made into items:", nl: "Geen punt van gemaakt:" },
  "meeting.agendaLine": { en: "line {{line}} ({{text}})", nl: "regel {{line}} ({{text}})" },
  "meeting.create": { en: "Make the meeting and its links", nl: "Maak de vergadering en de links" },
  "seats.title_one": { en: "Who takes part ({{count}} person)", nl: "Wie doen mee ({{count}} persoon)" },
  "seats.title_other": { en: "Who takes part ({{count}} people)", nl: "Wie doen mee ({{count}} mensen)" },
  "seats.emptyRoster": {
    en: "The roster is empty. Add people for this meeting below, or fill the roster first:",
    nl: "Het register is leeg. Voeg hieronder mensen toe voor deze vergadering, of vul eerst het register:",
  },
  "seats.none": {
    en: "Nobody takes part yet. Choose somebody, or add somebody below.",
    nl: "Er doet nog niemand mee. Kies iemand, of voeg hieronder iemand toe.",
  },
  "seats.field": { en: "Who takes part", nl: "Wie doen er mee" },
  "seats.extra": { en: "Somebody else too", nl: "Iemand anders erbij" },
  "seats.extraHint": {
    en: "A public speaker or a guest, say, for this meeting only.",
    nl: "Bijvoorbeeld een inspreker of een gast, alleen voor deze vergadering.",
  },
  "seats.extraSubmit": { en: "Add", nl: "Voeg toe" },
  "seats.twins": {
    en: "Two people called {{who}} take part. In a meeting everybody needs a name of their own: leave one out, or make their names differ in the roster.",
    nl: "Er doen twee mensen mee die {{who}} heten. In een vergadering moet iedereen een eigen naam hebben: vink er een uit, of maak de namen in het register verschillend.",
  },
  "links.title": { en: "The personal links", nl: "De persoonlijke links" },
  "links.once": {
    en: "These links are shown only now. Send each person their own link only: whoever has the link takes that seat. If one is lost, make a new one on the meeting’s screen; the old one then ends.",
    nl: "Deze links worden alleen nu getoond. Stuur ieder alleen de eigen link: wie de link heeft, zit op die plaats. Raakt er een zoek, dan maakt u op het vergaderscherm een nieuwe, en vervalt de oude.",
  },
  "links.copyAll": { en: "Copy all links", nl: "Kopieer alle links" },
  "links.toLive": { en: "To the meeting’s screen", nl: "Naar het vergaderscherm" },
  "links.csv": { en: "Save as CSV", nl: "Bewaar als CSV" },
  "links.csv.file": { en: "personal-links.csv", nl: "persoonlijke-links.csv" },
  "links.csv.name": { en: "Name", nl: "Naam" },
  "links.csv.role": { en: "Role", nl: "Rol" },
  "links.csv.link": { en: "Link", nl: "Link" },
  "links.of": { en: "Link of {{name}}", nl: "Link van {{name}}" },
} as const satisfies Texts;
