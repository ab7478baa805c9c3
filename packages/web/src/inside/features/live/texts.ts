import type { Health, Line } from "@raadhuis/protocol/socket";
import type { Said, Texts } from "../../../i18n/words.ts";

const lines = {
  "line.good": { en: "Good connection.", nl: "Verbinding goed." },
  "line.away": { en: "Sound and picture are not connected.", nl: "Beeld en geluid zijn niet verbonden." },
  "line.poor": { en: "Poor connection.", nl: "Slechte verbinding." },
  "line.loses-up": {
    en: "Part of what this person says and shows does not arrive.",
    nl: "Een deel van wat deze persoon zegt en laat zien, komt niet aan.",
  },
  "line.loses-down": {
    en: "This person does not hear and see everything.",
    nl: "Deze persoon hoort en ziet niet alles.",
  },
  "line.slow": {
    en: "Delay: this person hears the others late, and is heard late.",
    nl: "Vertraging: deze persoon hoort de anderen laat, en wordt laat gehoord.",
  },
  "line.narrow": {
    en: "The internet connection is too slow for a good picture.",
    nl: "De internetverbinding is te traag voor een goed beeld.",
  },
  "line.busy": {
    en: "This person’s computer is too slow for the picture.",
    nl: "De computer van deze persoon is te traag voor het beeld.",
  },
} as const satisfies Record<Line["code"], Said>;

const parts = {
  "lights.media": { en: "Media", nl: "Beeld/geluid" },
  "lights.stream": { en: "Stream", nl: "Uitzending" },
  "lights.recording": { en: "Recording", nl: "Opname" },
  "lights.storage": { en: "Storage", nl: "Opslag" },
} as const satisfies Record<`lights.${keyof Health}`, Said>;

const health = {
  "health.media.well": { en: "Works.", nl: "Werkt." },
  "health.media.clock": {
    en: "The clocks of this house's machines differ, so nobody is let in to picture and sound. Set them right (NTP).",
    nl: "De klokken van de machines van dit huis lopen niet gelijk: toegang tot beeld en geluid wordt geweigerd. Zet ze gelijk (NTP).",
  },
  "health.media.unavailable": {
    en: "Not available. People in the meeting cannot see or hear each other.",
    nl: "Niet beschikbaar. De mensen in de vergadering zien en horen elkaar niet.",
  },
  "health.stream.none": { en: "This meeting has no broadcast.", nl: "Geen uitzending bij deze vergadering." },
  "health.stream.waiting": {
    en: "Begins ten minutes before the meeting, or when somebody who conducts it is in.",
    nl: "Begint tien minuten voor de vergadering, of zodra iemand binnen is die haar leidt.",
  },
  "health.stream.queued": {
    en: "Waits for a place: as many meetings that have not begun are being broadcast as this house takes at once. When you open the meeting, its broadcast starts.",
    nl: "Wacht op een plaats: er zijn al zo veel uitzendingen van vergaderingen die nog niet begonnen zijn als dit huis tegelijk aankan. Opent u de vergadering, dan begint de uitzending meteen.",
  },
  "health.stream.starting": { en: "Starting.", nl: "Start op." },
  "health.stream.slate": { en: "The public sees a still picture.", nl: "Het publiek ziet een stilstaand beeld." },
  "health.stream.live": { en: "The public sees the meeting.", nl: "Het publiek ziet de vergadering." },
  "health.stream.behind": {
    en: "Falls behind. It reaches the public later than it should.",
    nl: "Loopt achter. Het komt later bij het publiek dan bedoeld.",
  },
  "health.stream.fewer": {
    en: "The server cannot keep up: the public sees fewer pictures a second. It comes back by itself as soon as it can.",
    nl: "De server kan het niet bijhouden: het publiek ziet minder beelden per seconde. Zodra het kan, herstelt dit vanzelf.",
  },
  "health.stream.sound": {
    en: "The server cannot keep up: the public hears the meeting but sees a still picture. It comes back by itself as soon as it can.",
    nl: "De server kan het niet bijhouden: het publiek hoort de vergadering, maar ziet een stilstaand beeld. Zodra het kan, herstelt dit vanzelf.",
  },
  "health.stream.elsewhere": {
    en: "The gallery has all of it. Another place that the broadcast is sent to does not; it is tried again by itself.",
    nl: "De publieke tribune heeft alles. Een andere plek waar de uitzending heen gaat nog niet; dit wordt vanzelf opnieuw geprobeerd.",
  },
  "health.stream.unheard": {
    en: "The broadcast does not hear the meeting. It tries again by itself.",
    nl: "De uitzending hoort de vergadering niet. Dit wordt vanzelf opnieuw geprobeerd.",
  },
  "health.stream.unreachable": {
    en: "The broadcast does not answer and is being restarted.",
    nl: "De uitzending antwoordt niet en wordt opnieuw gestart.",
  },
  "health.stream.finishing": { en: "The last pictures are going out.", nl: "De laatste beelden gaan naar buiten." },
  "health.stream.finished": { en: "Finished.", nl: "Afgelopen." },
  "health.recording.none": { en: "Nothing is recorded.", nl: "Er wordt niet opgenomen." },
  "health.recording.waiting": { en: "Begins when the meeting opens.", nl: "Begint als de vergadering opent." },
  "health.recording.running": { en: "Running.", nl: "Loopt." },
  "health.recording.paused": {
    en: "Paused while the public sees a still picture.",
    nl: "Gepauzeerd zolang het publiek een stilstaand beeld ziet.",
  },
  "health.recording.unreachable": {
    en: "The recording does not answer; what is there stays.",
    nl: "De opname antwoordt niet; wat er al is, blijft.",
  },
  "health.recording.not-kept": {
    en: "Is not being kept now: the disk is full. What there was stays; pictures wait until there is room.",
    nl: "Wordt nu niet bewaard: de schijf is vol. Wat er al was, blijft; beelden wachten tot er ruimte is.",
  },
  "health.recording.finishing": { en: "Being finished.", nl: "Wordt afgemaakt." },
  "health.recording.finished": { en: "Ready.", nl: "Klaar." },
  "health.storage.well": { en: "There is room enough.", nl: "Er is genoeg ruimte." },
  "health.storage.low": {
    en: "There is less room than an hour of recording needs. Ask whoever runs the machine to make room.",
    nl: "Er is minder ruimte dan een uur opname nodig heeft. Vraag de beheerder ruimte te maken.",
  },
  "health.storage.full": {
    en: "The disk is full or cannot be written. Commands are refused; all that was kept is safe. It goes on by itself once there is room.",
    nl: "De schijf is vol of niet te beschrijven. Handelingen worden geweigerd; alles wat bewaard was, is veilig. Zodra er ruimte is, gaat het vanzelf verder.",
  },
} as const satisfies Record<`health.${Health[keyof Health]["code"]}`, Said>;

export const live = {
  ...lines,
  ...parts,
  ...health,
  "live.freshLinks": { en: "New links", nl: "Nieuwe links" },
  "live.freshOnce": {
    en: "Shown only now. The previous links of these seats work no more.",
    nl: "Alleen nu te zien. De vorige links van deze plaatsen werken niet meer.",
  },
  "live.newLink": { en: "New link", nl: "Nieuwe link" },
  "live.newLinkNamed": { en: "New link for {{who}}", nl: "Nieuwe link voor {{who}}" },
  "live.newLink.question": { en: "New link for {{who}}?", nl: "Nieuwe link voor {{who}}?" },
  "live.newLink.explanation": {
    en: "This person is in the meeting now and is put out at once. They come back only by the new link, which you pass on to them.",
    nl: "Deze persoon is nu in de vergadering en gaat er meteen uit. Terugkomen kan alleen met de nieuwe link, die u zelf doorgeeft.",
  },
  "live.newLink.act": { en: "Make a new link", nl: "Maak een nieuwe link" },
  "live.ways": { en: "The way in", nl: "De weg naar binnen" },
  "live.own": { en: "The clerk’s seat", nl: "De plaats van de griffie" },
  "live.own.enter": { en: "Go into the chamber", nl: "Ga de zaal in" },
  "live.own.make": {
    en: "This seat is not open in this browser. By a new link you go in from here; the previous one ends.",
    nl: "In deze browser is deze plaats niet open. Met een nieuwe link gaat u hier naar binnen; de vorige vervalt.",
  },
  "live.own.none": {
    en: "There is no seat for a clerk in this meeting. Add yourself as clerk under “Add a person”.",
    nl: "De griffie heeft geen plaats in deze vergadering. Voeg uzelf als griffier toe bij ‘Iemand toevoegen’.",
  },
  "live.public": { en: "Address for the public", nl: "Adres voor het publiek" },
  "live.allLinks": { en: "All personal links", nl: "Alle persoonlijke links" },
  "live.allLinks.act": { en: "Make all links anew", nl: "Maak alle links nieuw" },
  "live.allLinks.question": { en: "Make all personal links anew?", nl: "Alle persoonlijke links nieuw maken?" },
  "live.allLinks.explanation": {
    en: "All links that you have sent end at once, and everybody needs a new one. Whoever is about to go in has to begin again, too.",
    nl: "Alle links die u hebt rondgestuurd vervallen meteen, en ieder heeft een nieuwe nodig. Wie klaarstaat om naar binnen te gaan, moet ook opnieuw beginnen.",
  },
  "live.allLinks.out": {
    en: "In the meeting now, and put out at once:",
    nl: "Nu in de vergadering, en er dan meteen uit:",
  },
  "live.allLinks.nobody": { en: "Nobody is in the meeting now.", nl: "Er is nu niemand in de vergadering." },
  "live.allLinks.sure": {
    en: "These people may be put out of the meeting",
    nl: "Deze mensen mogen uit de vergadering gaan",
  },
  "live.addPerson": { en: "Add a person", nl: "Iemand toevoegen" },
  "live.addPersonSubmit": { en: "Add and make a link", nl: "Voeg toe en maak een link" },
  "live.item": { en: "Another agenda item", nl: "Nog een agendapunt" },
  "live.itemSubmit": { en: "Add it", nl: "Zet erbij" },
  "away.office": {
    en: "The connection is lost for a moment; this screen tries again by itself.",
    nl: "De verbinding is even weg; dit scherm probeert het vanzelf opnieuw.",
  },
  "lights.title": { en: "How things stand", nl: "Hoe het ervoor staat" },
} as const satisfies Texts;
