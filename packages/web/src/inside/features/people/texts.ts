import type { WordFault } from "@raadhuis/meeting";
import type { Said, Texts } from "../../../i18n/words.ts";
import type { FileFault } from "./list/decode.ts";
import type { LineState } from "./list/state.ts";
import type { Delimiter } from "./list/table.ts";

const files = {
  "people.list.file.spreadsheet": {
    en: "This is a spreadsheet. Save it as CSV in Excel or LibreOffice, or copy its cells and paste them here.",
    nl: "Dit is een rekenblad. Bewaar het in Excel of LibreOffice als CSV, of kopieer de cellen en plak ze hier.",
  },
  "people.list.file.not-text": {
    en: "This file is no text. Save the list as CSV, or copy and paste it here.",
    nl: "Dit bestand is geen tekst. Bewaar de lijst als CSV, of kopieer en plak haar hier.",
  },
  "people.list.file.too-large": {
    en: "This file is too large for a list of people.",
    nl: "Dit bestand is te groot voor een lijst met mensen.",
  },
} as const satisfies Record<`people.list.file.${FileFault}`, Said>;

const delimiters = {
  "people.list.delimiter.tab": { en: "Tab", nl: "Tab" },
  "people.list.delimiter.semicolon": { en: "Semicolon ;", nl: "Puntkomma ;" },
  "people.list.delimiter.comma": { en: "Comma ,", nl: "Komma ," },
  "people.list.delimiter.none": { en: "Nothing: one name a line", nl: "Niets: één naam per regel" },
} as const satisfies Record<`people.list.delimiter.${Delimiter}`, Said>;

const knowns = {
  "people.list.known.keep": { en: "Leave them as they are", nl: "Laat hen zoals ze zijn" },
  "people.list.known.change": { en: "Change them to what this list says", nl: "Werk hen bij met deze lijst" },
} as const satisfies Record<`people.list.known.${"keep" | "change"}`, Said>;

const states = {
  "people.list.state.new": { en: "new", nl: "nieuw" },
  "people.list.state.known": { en: "there already", nl: "staat er al" },
  "people.list.state.changing": { en: "will change", nl: "wordt bijgewerkt" },
  "people.list.state.left-out": { en: "left out", nl: "weggelaten" },
  "people.list.state.wrong": { en: "not right", nl: "klopt niet" },
  "people.list.state.asked": { en: "which role?", nl: "welke rol?" },
} as const satisfies Record<`people.list.state.${LineState | "changing"}`, Said>;

const faults = {
  "people.list.fault.name.missing": {
    en: "There is no name here. Fill it in, or leave the line out.",
    nl: "Hier staat geen naam. Vul die in, of laat de regel weg.",
  },
  "people.list.fault.name.too-long": {
    en: "This name is too long: 100 characters fit.",
    nl: "Deze naam is te lang: er passen 100 tekens.",
  },
  "people.list.fault.name.odd": {
    en: "This name holds characters that cannot be seen or turn the text around. Type it anew.",
    nl: "In deze naam staan tekens die niet te zien zijn of de tekst omdraaien. Typ de naam over.",
  },
  "people.list.fault.party.missing": { en: "The party is not right.", nl: "De partij klopt niet." },
  "people.list.fault.party.too-long": {
    en: "This party is too long: 60 characters fit.",
    nl: "Deze partij is te lang: er passen 60 tekens.",
  },
  "people.list.fault.party.odd": {
    en: "This party holds characters that cannot be seen. Type it anew.",
    nl: "In deze partij staan tekens die niet te zien zijn. Typ haar over.",
  },
} as const satisfies Record<`people.list.fault.${"name" | "party"}.${WordFault}`, Said>;

export const people = {
  ...files,
  ...delimiters,
  ...knowns,
  ...states,
  ...faults,
  "person.name": { en: "Name", nl: "Naam" },
  "person.party": { en: "Party or organisation (may be empty)", nl: "Partij of organisatie (mag leeg)" },
  "person.role": { en: "Role", nl: "Rol" },
  "person.email": { en: "E-mail address", nl: "E-mailadres" },
  "person.password": { en: "Password", nl: "Wachtwoord" },
  "people.page": { en: "People", nl: "Mensen" },
  "people.lead": {
    en: "Who belongs to this body. A new meeting starts from this list.",
    nl: "Wie bij dit bestuursorgaan hoort. Een nieuwe vergadering begint met deze lijst.",
  },
  "people.add": { en: "Add a person", nl: "Iemand toevoegen" },
  "people.addSubmit": { en: "Add", nl: "Voeg toe" },
  "people.paste": { en: "Paste or open a list", nl: "Een lijst plakken of openen" },
  "people.pasteLabel": { en: "List", nl: "Lijst" },
  "people.pasteHint": {
    en: "Name, party and role, from a document, spreadsheet or CSV file. You first see what becomes of it; nothing is kept before that.",
    nl: "Naam, partij en rol, uit een document, rekenblad of CSV-bestand. U ziet eerst wat ervan wordt; pas daarna wordt er iets bewaard.",
  },
  "people.pasteSubmit_one": { en: "Take in {{count}} person", nl: "Neem {{count}} persoon over" },
  "people.pasteSubmit_other": { en: "Take in {{count}} people", nl: "Neem {{count}} mensen over" },
  "people.list.file": { en: "Open a file", nl: "Open een bestand" },
  "people.list.done": {
    en: "Taken in. New: {{added}}. Changed: {{changed}}. Left as they were: {{kept}}.",
    nl: "Overgenomen. Nieuw: {{added}}. Bijgewerkt: {{changed}}. Gelaten zoals het was: {{kept}}.",
  },
  "people.list.title": { en: "What becomes of the list", nl: "Zo wordt de lijst" },
  "people.list.fresh_one": { en: "{{count}} new person", nl: "{{count}} nieuw persoon" },
  "people.list.fresh_other": { en: "{{count}} new people", nl: "{{count}} nieuwe mensen" },
  "people.list.count.known_one": { en: "{{count}} in the roster already", nl: "{{count}} staat al in het register" },
  "people.list.count.known_other": { en: "{{count}} in the roster already", nl: "{{count}} staan al in het register" },
  "people.list.count.leftOut_one": { en: "{{count}} line left out", nl: "{{count}} regel weggelaten" },
  "people.list.count.leftOut_other": { en: "{{count}} lines left out", nl: "{{count}} regels weggelaten" },
  "people.list.count.wrong_one": { en: "{{count}} line is not right yet", nl: "{{count}} regel klopt nog niet" },
  "people.list.count.wrong_other": { en: "{{count}} lines are not right yet", nl: "{{count}} regels kloppen nog niet" },
  "people.list.delimiter": { en: "What divides the columns?", nl: "Wat scheidt de kolommen?" },
  "people.list.heading": {
    en: "The columns were recognised by their headings.",
    nl: "De kolommen zijn herkend aan hun kop.",
  },
  "people.list.noHeading": {
    en: "There is no heading: read as name, party, role.",
    nl: "Er is geen kopregel: gelezen als naam, partij, rol.",
  },
  "people.list.above_one": {
    en: "{{count}} line above the heading was passed over.",
    nl: "{{count}} regel boven de kop is overgeslagen.",
  },
  "people.list.above_other": {
    en: "{{count}} lines above the heading were passed over.",
    nl: "{{count}} regels boven de kop zijn overgeslagen.",
  },
  "people.list.unused": { en: "Not used: {{columns}}.", nl: "Niet gebruikt: {{columns}}." },
  "people.list.broken": {
    en: "On line {{line}} a quotation mark begins that never ends. Remove or close it, and the list can be read.",
    nl: "Op regel {{line}} begint een aanhalingsteken dat nergens eindigt. Haal het weg of sluit het; dan is de lijst te lezen.",
  },
  "people.list.tooMany": {
    en: "These are {{count}} people; a list has {{most}} at most. Take it in by parts.",
    nl: "Dit zijn {{count}} mensen; een lijst heeft er hoogstens {{most}}. Neem haar in delen over.",
  },
  "people.list.roles": { en: "Which role is this in the meeting?", nl: "Welke rol is dit in de vergadering?" },
  "people.list.roleWord": { en: "“{{word}}” ({{count}}×)", nl: "“{{word}}” ({{count}}×)" },
  "people.list.noRole": { en: "Without a role ({{count}}×)", nl: "Zonder rol ({{count}}×)" },
  "people.list.choose": { en: "Choose a role", nl: "Kies een rol" },
  "people.list.known_one": {
    en: "{{count}} person is in the roster already",
    nl: "{{count}} persoon staat al in het register",
  },
  "people.list.known_other": {
    en: "{{count}} people are in the roster already",
    nl: "{{count}} mensen staan al in het register",
  },
  "people.list.wrong_one": {
    en: "{{count}} line is not right yet (line {{first}}); it stands on top.",
    nl: "{{count}} regel klopt nog niet (regel {{first}}); u ziet haar bovenaan.",
  },
  "people.list.wrong_other": {
    en: "{{count}} lines are not right yet (the first is line {{first}}); they stand on top.",
    nl: "{{count}} regels kloppen nog niet (de eerste is regel {{first}}); u ziet ze bovenaan.",
  },
  "people.list.first": {
    en: "First put right what is wrong, and choose the roles.",
    nl: "Zet eerst recht wat niet klopt en kies de rollen.",
  },
  "people.list.was": { en: "now: {{was}}", nl: "nu: {{was}}" },
  "people.list.all": { en: "Show all {{count}} lines", nl: "Toon alle {{count}} regels" },
  "people.list.line": { en: "Line {{line}}", nl: "Regel {{line}}" },
  "people.list.noName": { en: "(no name)", nl: "(geen naam)" },
  "people.list.leaveOut": { en: "Leave out", nl: "Laat weg" },
  "people.list.takeIn": { en: "Take in after all", nl: "Neem toch mee" },
  "people.list.state.same": { en: "same as line {{other}}", nl: "zelfde als regel {{other}}" },
  "people.list.fault.name.twice": {
    en: "The same name as on line {{other}}. If they are two people, make their names differ, as in {{name}} ({{party}}). If it is one, leave this line out.",
    nl: "Dezelfde naam als op regel {{other}}. Zijn het twee mensen, maak de namen dan verschillend, bijvoorbeeld {{name}} ({{party}}). Is het er één, laat deze regel dan weg.",
  },
  "people.count_one": { en: "{{count}} person in the roster", nl: "{{count}} persoon in het register" },
  "people.count_other": { en: "{{count}} people in the roster", nl: "{{count}} mensen in het register" },
  "people.empty": {
    en: "The roster is still empty. Add the chair, the clerk and the members above.",
    nl: "Het register is nog leeg. Voeg hierboven de voorzitter, de griffier en de leden toe.",
  },
  "people.edit": { en: "Edit", nl: "Wijzig" },
  "people.editNamed": { en: "Edit {{name}}", nl: "Wijzig {{name}}" },
  "people.save": { en: "Save", nl: "Bewaar" },
  "people.delete": { en: "Take off", nl: "Haal weg" },
  "people.deleteNamed": { en: "Take {{name}} off", nl: "Haal {{name}} weg" },
  "people.delete.question": { en: "Take {{name}} off the list?", nl: "{{name}} uit de lijst halen?" },
  "people.delete.explanation": {
    en: "Nothing changes in meetings that were made already.",
    nl: "In vergaderingen die al gemaakt zijn verandert er niets.",
  },
} as const satisfies Texts;
