import type { Said, Texts } from "../../i18n/words.ts";
import type { NoticeCode } from "./codes.ts";

/** By their codes. */
const pages = {
  "notice.link.unknown.title": { en: "This link does not work (any more)", nl: "Deze link werkt niet (meer)" },
  "notice.link.unknown.text": {
    en: "The link was changed on its way (put into capitals, for instance), was replaced, or belongs to a meeting that is over. Copy the whole link from your invitation, or ask the clerk’s office for a new one.",
    nl: "De link is onderweg veranderd (bijvoorbeeld helemaal in hoofdletters gezet), is vervangen of hoort bij een vergadering die voorbij is. Kopieer de hele link uit uw uitnodiging, of vraag de griffie om een nieuwe.",
  },
  "notice.link.incomplete.title": { en: "This link is not complete", nl: "Deze link is niet volledig" },
  "notice.link.incomplete.text": {
    en: "A part of the link was lost on its way. Copy the whole link from your invitation, to its last character, or ask the clerk for a new one.",
    nl: "Er is onderweg een stuk van de link afgevallen. Kopieer de hele link uit uw uitnodiging, tot en met het laatste teken, of vraag de griffie om een nieuwe.",
  },
  "notice.seat.removed.title": { en: "You were removed from the meeting", nl: "U bent uit de vergadering verwijderd" },
  "notice.seat.removed.text": {
    en: "Whoever conducts the meeting removed you. Your picture and sound have stopped. If you think this is a mistake, contact the clerk’s office.",
    nl: "Wie de vergadering leidt heeft u verwijderd. Uw beeld en geluid zijn gestopt. Denkt u dat dit een vergissing is? Neem contact op met de griffie.",
  },
  "notice.seat.no-session.title": { en: "Open your personal link again", nl: "Open uw persoonlijke link opnieuw" },
  "notice.seat.no-session.text": {
    en: "This browser is not signed in for this seat (any more): its session expired, the meeting was over some time ago, or a new link was made. If you were sent a new link, open that; the earlier one works no more. Otherwise open your personal link again, or ask the clerk’s office for a new one.",
    nl: "Deze browser is niet (meer) aangemeld voor deze plaats: de aanmelding is verlopen, de vergadering is al een tijd voorbij, of er is een nieuwe link gemaakt. Hebt u een nieuwe link gekregen, open dan die; de eerdere werkt niet meer. Open anders uw persoonlijke link opnieuw, of vraag de griffie om een nieuwe.",
  },
  "notice.seat.new-link.title": {
    en: "The clerk made you a new link",
    nl: "De griffie heeft een nieuwe link voor u gemaakt",
  },
  "notice.seat.new-link.text": {
    en: "Your earlier link works no more, and picture and sound have stopped here. Open the new link; the clerk’s office sends it to you.",
    nl: "Uw eerdere link werkt niet meer, en beeld en geluid zijn hier gestopt. Open de nieuwe link; u krijgt die van de griffie.",
  },
  "notice.meeting.ended.title": { en: "The meeting is over", nl: "De vergadering is afgelopen" },
  "notice.meeting.ended.text": {
    en: "Your microphone and camera are off. You can close this page.",
    nl: "Uw microfoon en camera zijn uit. U kunt deze pagina sluiten.",
  },
  "notice.meeting.unknown.title": { en: "There is no such meeting", nl: "Deze vergadering bestaat niet" },
  "notice.meeting.unknown.text": {
    en: "Check the address, or ask the clerk’s office for your link.",
    nl: "Controleer het adres, of vraag de griffie om uw link.",
  },
  "notice.meeting.unreadable.title": {
    en: "This meeting cannot be opened with this version of Raadhuis",
    nl: "Deze vergadering kan met deze versie van Raadhuis niet worden geopend",
  },
  "notice.meeting.unreadable.text": {
    en: "Its record holds something that a later version wrote, or that was changed by hand. Nothing of it is lost, and other meetings are not concerned. Start the version that wrote it, or have whoever looks after the machine read the log: it names the event.",
    nl: "In het verslag staat iets wat een latere versie heeft geschreven, of wat met de hand is veranderd. Er is niets verloren en andere vergaderingen merken hier niets van. Start de versie die het geschreven heeft, of laat wie de machine beheert het logboek lezen: daar staat om welke gebeurtenis het gaat.",
  },
  "notice.doors.closed.title": { en: "The doors are closed", nl: "De deuren zijn gesloten" },
  "notice.doors.closed.text": {
    en: "The meeting goes on behind closed doors, without you. Stay on this page: as soon as the doors open you come back by yourself, with microphone and camera off.",
    nl: "De vergadering gaat achter gesloten deuren verder, zonder u. Blijf op deze pagina: zodra de deuren opengaan komt u vanzelf terug, met microfoon en camera uit.",
  },
  "notice.page.outdated.title": { en: "This page is out of date", nl: "Deze pagina is verouderd" },
  "notice.page.outdated.text": {
    en: "There is a newer version. Reload the page; you keep your seat.",
    nl: "Er is een nieuwere versie. Laad de pagina opnieuw; uw plaats blijft.",
  },
  "notice.house.failed.title": { en: "There is no connection", nl: "Er is geen verbinding" },
  "notice.house.failed.text": {
    en: "Nothing is lost. Open your link again in a moment.",
    nl: "Er is niets verloren. Open uw link over een ogenblik opnieuw.",
  },
  "notice.house.busy.title": { en: "The house is busy for a moment", nl: "Het huis is even bezet" },
  "notice.house.busy.text": {
    en: "Nothing is lost. Open your link again in a moment.",
    nl: "Er is niets verloren. Open uw link over een ogenblik opnieuw.",
  },
  "notice.house.disk-full.title": { en: "The house's disk is full", nl: "De schijf van het huis is vol" },
  "notice.house.disk-full.text": {
    en: "You cannot come in now. All that was kept is safe. Tell the clerk, and open your link again once room has been made.",
    nl: "U kunt nu niet naar binnen. Alles wat bewaard was, is veilig. Laat het de griffie weten, en open uw link opnieuw zodra er ruimte is gemaakt.",
  },
  "notice.house.no-database.title": {
    en: "The house does not reach its database",
    nl: "Het huis bereikt zijn database niet",
  },
  "notice.house.no-database.text": {
    en: "Nothing that was kept is lost. Open your link again in a moment.",
    nl: "Wat bewaard was, is niet verloren. Open uw link over een ogenblik opnieuw.",
  },
  "notice.office.not-set-up.title": { en: "Nothing has been set up here yet", nl: "Hier is nog niets ingericht" },
  "notice.office.not-set-up.text": {
    en: "Use the link that was shown at the start. It works for an hour; after that, start Raadhuis again for a new one.",
    nl: "Gebruik de link die bij het starten is getoond. Hij werkt een uur; start Raadhuis daarna opnieuw voor een nieuwe.",
  },
  "notice.office.setup-lapsed.title": { en: "This set-up link has expired", nl: "Deze inrichtlink is verlopen" },
  "notice.office.setup-lapsed.text": {
    en: "It works for an hour after the start, so that whoever finds it later cannot use it. Start Raadhuis again: a new link is shown then.",
    nl: "Hij werkt een uur na het starten, zodat niemand die hem later vindt hem kan gebruiken. Start Raadhuis opnieuw: dan wordt een nieuwe link getoond.",
  },
  "notice.setup.unknown.title": {
    en: "This set-up link does not work (any more)",
    nl: "Deze inrichtlink werkt niet (meer)",
  },
  "notice.setup.unknown.text": {
    en: "Each start of Raadhuis shows a new link, and only the newest one works. Copy the whole link, or start Raadhuis again for a new one.",
    nl: "Elke start van Raadhuis toont een nieuwe link, en alleen de nieuwste werkt. Kopieer de hele link, of start Raadhuis opnieuw voor een nieuwe.",
  },
  "notice.office.already-set-up.title": { en: "Everything has been set up already", nl: "Alles is al ingericht" },
  "notice.office.already-set-up.text": {
    en: "The set-up link works once. Sign in with the e-mail address and password you chose then.",
    nl: "De inrichtlink werkt één keer. Meld u aan met het e-mailadres en wachtwoord van toen.",
  },
  "notice.office.link-used.title": {
    en: "This sign-in link does not work (any more)",
    nl: "Deze aanmeldlink werkt niet (meer)",
  },
  "notice.office.link-used.text": {
    en: "A sign-in link works once and briefly. Sign in with your password.",
    nl: "Een aanmeldlink werkt één keer en kort. Meld u aan met uw wachtwoord.",
  },
  "notice.office.no-session.title": { en: "Please sign in again", nl: "Meld u opnieuw aan" },
  "notice.office.no-session.text": {
    en: "Your session has ended. That happens after sixteen hours, after two hours without use, or when you signed out in another tab. The meeting goes on.",
    nl: "U bent niet meer aangemeld. Dat gebeurt na zestien uur, na twee uur zonder gebruik, of als u zich in een ander tabblad hebt afgemeld. De vergadering gaat gewoon door.",
  },
  "notice.page.broken.title": { en: "This page cannot be shown now", nl: "Deze pagina kan nu niet worden getoond" },
  "notice.page.broken.text": {
    en: "It did not come through whole, or something in it broke. What was sent is safe. Load the page again; if that does not help, try again in a moment.",
    nl: "Zij kwam niet heel over, of er ging iets in stuk. Wat verstuurd was is veilig. Laad de pagina opnieuw; helpt dat niet, probeer het dan over een ogenblik weer.",
  },
} as const satisfies Record<`notice.${NoticeCode}.${"title" | "text"}`, Said>;

export const notices = {
  ...pages,
  "waiting.title": { en: "One moment", nl: "Een ogenblik" },
  "waiting.text": { en: "We are taking you to the meeting.", nl: "We brengen u naar de vergadering." },
  "notice.reload": { en: "Reload the page", nl: "Pagina opnieuw laden" },
} as const satisfies Texts;
