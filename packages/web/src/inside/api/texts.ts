import type { AnyCode } from "@raadhuis/protocol/http";
import type { Said, Texts } from "../../i18n/words.ts";

/** Beside the words of the same code, where it is known when to come again. */
const waits = {
  "error.request.too-many.wait": {
    en: "Too many attempts. Try again in {{wait}}.",
    nl: "Te veel pogingen. Probeer het over {{wait}} opnieuw.",
  },
  "error.office.busy.wait": {
    en: "Many people are trying to sign in at this moment. Try again in {{wait}}.",
    nl: "Veel mensen proberen zich op dit moment aan te melden. Probeer het over {{wait}} opnieuw.",
  },
} as const satisfies Record<`error.${"request.too-many" | "office.busy"}.wait`, Said>;

/** Codes that pages make themselves. */
const own = {
  "error.person.gone": {
    en: "Somebody of this list was taken off the roster meanwhile, and is in it no more. Look at who takes part, and try again.",
    nl: "Iemand van deze lijst is intussen uit het register gehaald en staat er nu niet meer bij. Kijk na wie meedoet, en probeer het opnieuw.",
  },
  "error.setup.unknown": {
    en: "This set-up link does not work (any more). Start Raadhuis again for a new one.",
    nl: "Deze inrichtlink werkt niet (meer). Start Raadhuis opnieuw voor een nieuwe.",
  },
  "error.command.unanswered": {
    en: "No answer came, and we do not try any longer. See how things stand, and do it again if need be.",
    nl: "Er kwam geen antwoord, en we proberen het niet meer. Kijk hoe het nu staat, en doe het zo nodig opnieuw.",
  },
  "error.media.share-failed": {
    en: "Sharing the screen did not work. Try another window.",
    nl: "Het scherm delen lukte niet. Probeer een ander venster.",
  },
} as const satisfies Record<
  `error.${"setup.unknown" | "command.unanswered" | "media.share-failed" | "person.gone"}`,
  Said
>;

/** Every code that the house can refuse by. */
const refusals = {
  "error.request.malformed": {
    en: "Something is not right. Check what you entered.",
    nl: "Er klopt iets niet. Kijk na wat u hebt ingevuld.",
  },
  "error.request.too-large": {
    en: "This is too large to send. Make it shorter.",
    nl: "Dit is te groot om te versturen. Maak het korter.",
  },
  "error.request.wrong-origin": {
    en: "This request came from another website and was refused.",
    nl: "Deze vraag kwam van een andere website en is geweigerd.",
  },
  "error.request.unknown-host": {
    en: "This address does not work here. Use the address in your invitation.",
    nl: "Dit adres werkt hier niet. Gebruik het adres uit uw uitnodiging.",
  },
  "error.request.too-many": {
    en: "Too many attempts. Wait a minute and try again.",
    nl: "Te veel pogingen. Wacht een minuut en probeer het opnieuw.",
  },
  "error.request.not-found": {
    en: "What you are looking for is not there (any more).",
    nl: "Wat u zoekt is er niet (meer).",
  },
  "error.link.unknown": {
    en: "This link is not valid (any more). Ask the clerk’s office for a new one.",
    nl: "Deze link is niet (meer) geldig. Vraag de griffie om een nieuwe.",
  },
  "error.seat.no-session": {
    en: "You are not signed in (any more). Open your personal link again.",
    nl: "U bent niet (meer) aangemeld. Open uw persoonlijke link opnieuw.",
  },
  "error.seat.removed": {
    en: "This person was removed from the meeting.",
    nl: "Deze persoon is uit de vergadering verwijderd.",
  },
  "error.seat.not-admitted": {
    en: "This person may not be in the meeting now: the doors are closed.",
    nl: "Deze persoon mag nu niet in de vergadering zijn: de deuren zijn gesloten.",
  },
  "error.office.no-session": {
    en: "You are not signed in (any more). Please sign in again.",
    nl: "U bent niet (meer) aangemeld. Meld u opnieuw aan.",
  },
  "error.office.session-over": {
    en: "Your session is over. After two hours without use, and after sixteen hours in any case, you sign in again.",
    nl: "U bent niet meer aangemeld. Na twee uur zonder gebruik, en in elk geval na zestien uur, meldt u zich opnieuw aan.",
  },
  "error.office.wrong-credentials": {
    en: "The e-mail address or the password is wrong.",
    nl: "E-mailadres of wachtwoord klopt niet.",
  },
  "error.office.busy": {
    en: "Many people are trying to sign in at this moment. Try again in a little while.",
    nl: "Veel mensen proberen zich op dit moment aan te melden. Probeer het straks opnieuw.",
  },
  "error.password.common": {
    en: "This password is too easy to guess: it is on lists of common passwords, or is close to a name, a year or a row of keys. Take, for example, four words that have nothing to do with each other.",
    nl: "Dit wachtwoord is te makkelijk te raden: het staat op lijsten van veelgebruikte wachtwoorden, of lijkt op een naam, jaartal of rij toetsen. Neem bijvoorbeeld vier woorden die niets met elkaar te maken hebben.",
  },
  "error.office.link-used": {
    en: "This sign-in link was used already. Sign in with your password.",
    nl: "Deze aanmeldlink is al gebruikt. Meld u aan met uw wachtwoord.",
  },
  "error.office.link-lapsed": {
    en: "This sign-in link has expired. Sign in with your password.",
    nl: "Deze aanmeldlink is verlopen. Meld u aan met uw wachtwoord.",
  },
  "error.office.setup-lapsed": {
    en: "This set-up link has expired. Start Raadhuis again for a new one.",
    nl: "Deze inrichtlink is verlopen. Start Raadhuis opnieuw voor een nieuwe.",
  },
  "error.office.already-set-up": {
    en: "Everything has been set up already. Please sign in.",
    nl: "Alles is al ingericht. Meld u aan.",
  },
  "error.office.not-set-up": {
    en: "Nothing has been set up here yet. Use the link that was shown at the start, or start Raadhuis again for a new one.",
    nl: "Hier is nog niets ingericht. Gebruik de link die bij het starten is getoond, of start Raadhuis opnieuw voor een nieuwe.",
  },
  "error.command.malformed": {
    en: "That did not work. Check what you entered.",
    nl: "Dat lukte niet. Kijk na wat u hebt ingevuld.",
  },
  "error.command.unknown": {
    en: "This page is out of date. Reload it.",
    nl: "Deze pagina is verouderd. Laad hem opnieuw.",
  },
  "error.state.conflict": {
    en: "Somebody else was just ahead of you. See how things stand now and try again if needed.",
    nl: "Iemand anders was net iets eerder. Kijk hoe het nu staat en probeer het zo nodig opnieuw.",
  },
  "error.state.outdated": {
    en: "The meeting had moved on beyond your screen. See how things stand now.",
    nl: "De vergadering was al verder dan uw scherm. Kijk hoe het nu staat.",
  },
  "error.stream.unknown": {
    en: "These messages are not there, or not for you.",
    nl: "Deze berichten zijn er niet, of niet voor u.",
  },
  "error.stream.read-only": { en: "Here you can only read.", nl: "Hier kunt u alleen lezen." },
  "error.stream.outdated": {
    en: "Another message came in between. Read it, and send yours again if it is still needed.",
    nl: "Er kwam net een ander bericht tussen. Lees het, en verstuur het uwe zo nodig opnieuw.",
  },
  "error.stream.full": {
    en: "There is no room here for more messages.",
    nl: "Er kunnen hier geen berichten meer bij.",
  },
  "error.page.outdated": {
    en: "This page is out of date. Reload it.",
    nl: "Deze pagina is verouderd. Laad hem opnieuw.",
  },
  "error.meeting.unknown": { en: "There is no such meeting.", nl: "Deze vergadering bestaat niet." },
  "error.meeting.unreadable": {
    en: "This version of Raadhuis cannot read this meeting. Nothing of it is lost.",
    nl: "Deze vergadering kan met deze versie van Raadhuis niet worden gelezen. Er is niets verloren.",
  },
  "error.person.unknown": {
    en: "This person is not in the roster (any more).",
    nl: "Deze persoon staat niet (meer) in het register.",
  },
  "error.person.malformed": {
    en: "This name, party or role is not right. It may hold no characters that cannot be seen.",
    nl: "Er klopt iets niet aan deze naam, partij of rol. Er mogen geen onzichtbare tekens in staan.",
  },
  "error.person.name-taken": {
    en: "Somebody in the roster has this name already. Make the names differ, for instance by the party behind them.",
    nl: "Er staat al iemand met deze naam in het register. Maak de namen verschillend, bijvoorbeeld met de partij erachter.",
  },
  "error.organ.unknown": {
    en: "This council or committee is not there (any more).",
    nl: "Dit orgaan is er niet (meer).",
  },
  "error.organ.name-taken": {
    en: "There is a council or committee of this name already.",
    nl: "Er is al een orgaan met deze naam.",
  },
  "error.organ.too-many": {
    en: "No more councils and committees fit. First take off one that does not meet any more.",
    nl: "Meer organen passen er niet. Haal er eerst een weg dat niet meer vergadert.",
  },
  "error.ticket.missing": {
    en: "Picture and sound are being connected again.",
    nl: "Beeld en geluid worden opnieuw verbonden.",
  },
  "error.ticket.invalid": {
    en: "Picture and sound do not work this way. Reload the page.",
    nl: "Beeld en geluid lukken zo niet. Laad de pagina opnieuw.",
  },
  "error.ticket.expired": {
    en: "Picture and sound are being connected again.",
    nl: "Beeld en geluid worden opnieuw verbonden.",
  },
  "error.ticket.clock": {
    en: "The clocks of this house's machines differ. There is no picture and sound until that is mended; the meeting goes on.",
    nl: "De klokken van de machines van dit huis lopen niet gelijk. Beeld en geluid lukken pas als dat is verholpen; de vergadering gaat door.",
  },
  "error.ticket.wrong-room": {
    en: "The meeting has moved on. Picture and sound are being connected again.",
    nl: "De vergadering is verder gegaan. Beeld en geluid worden opnieuw verbonden.",
  },
  "error.media.unavailable": {
    en: "Picture and sound are not available now. The meeting goes on; try again in a moment.",
    nl: "Beeld en geluid zijn nu niet beschikbaar. De vergadering gaat door; probeer het zo nog eens.",
  },
  "error.house.busy": {
    en: "The house's storage is busy for a moment, with a backup for example. Nothing was changed; try again shortly.",
    nl: "De opslag van het huis is even bezet, bijvoorbeeld door een reservekopie. Er is niets veranderd; probeer het zo nog eens.",
  },
  "error.house.disk-full": {
    en: "The house's disk is full. What you did was not kept and nothing was changed; what was there already is safe. The meeting can go on as soon as room is made.",
    nl: "De schijf van het huis is vol. Uw handeling is niet bewaard en er is niets veranderd; wat er al stond, is veilig. De vergadering kan verder zodra er ruimte is gemaakt.",
  },
  "error.house.no-database": {
    en: "The house does not reach its database for a moment. Look whether what you did was done before you do it again.",
    nl: "Het huis bereikt zijn database even niet. Kijk of het gelukt is voordat u het nog eens doet.",
  },
  "error.house.failed": {
    en: "The server does not answer. Nothing was lost; try again in a moment.",
    nl: "De server antwoordt niet. Er is niets verloren gegaan; probeer het zo nog eens.",
  },
  "error.meeting.exists": { en: "This meeting exists already.", nl: "Deze vergadering bestaat al." },
  "error.meeting.not-planned": { en: "The meeting has been opened already.", nl: "De vergadering is al geopend." },
  "error.meeting.not-open": {
    en: "This can only be done while the meeting is open.",
    nl: "Dat kan alleen als de vergadering geopend is.",
  },
  "error.meeting.not-suspended": { en: "The meeting is not suspended.", nl: "De vergadering is niet geschorst." },
  "error.meeting.ended": { en: "The meeting is over.", nl: "De vergadering is afgelopen." },
  "error.meeting.kind": {
    en: "This cannot be done in this kind of meeting.",
    nl: "Dat kan niet in dit soort vergadering.",
  },
  "error.doors.already-closed": { en: "The doors are closed already.", nl: "De deuren zijn al gesloten." },
  "error.doors.already-open": { en: "The doors are open already.", nl: "De deuren zijn al open." },
  "error.item.unknown": { en: "This item is not on the agenda.", nl: "Dit punt staat niet op de agenda." },
  "error.item.exists": { en: "This item is on the agenda already.", nl: "Dit punt staat al op de agenda." },
  "error.item.current": { en: "This item is under discussion already.", nl: "Dit punt is al aan de orde." },
  "error.item.doors-closed": {
    en: "The agenda cannot be changed behind closed doors.",
    nl: "Achter gesloten deuren kan de agenda niet worden veranderd.",
  },
  "error.seat.unknown": {
    en: "This person does not belong to the meeting.",
    nl: "Deze persoon hoort niet bij de vergadering.",
  },
  "error.seat.exists": { en: "This seat exists already.", nl: "Deze plaats bestaat al." },
  "error.seat.name-taken": {
    en: "Somebody in the meeting has this name already.",
    nl: "Er is al iemand met deze naam in de vergadering.",
  },
  "error.seat.not-removed": { en: "This person was not removed.", nl: "Deze persoon is niet verwijderd." },
  "error.seat.absent": { en: "This person is not in the meeting.", nl: "Deze persoon is niet in de vergadering." },
  "error.seat.present": { en: "This person is in the meeting already.", nl: "Deze persoon is al in de vergadering." },
  "error.seat.last-chair": {
    en: "Then nobody could conduct the meeting. The clerk can do it from the office.",
    nl: "Dan kan niemand de vergadering meer leiden. De griffie kan het wel vanuit het kantoor.",
  },
  "error.hand.already-raised": { en: "The hand is raised already.", nl: "De hand is al opgestoken." },
  "error.hand.not-raised": { en: "The hand is not raised.", nl: "De hand is niet opgestoken." },
  "error.floor.already-held": { en: "This person has the floor already.", nl: "Deze persoon heeft het woord al." },
  "error.floor.not-held": { en: "This person does not have the floor.", nl: "Deze persoon heeft het woord niet." },
  "error.role.not-allowed": {
    en: "Only the chair, the deputy or the clerk may do this.",
    nl: "Dat mag alleen de voorzitter, de plaatsvervanger of de griffier.",
  },
} as const satisfies Record<`error.${AnyCode}`, Said>;

export const answers = {
  ...waits,
  ...own,
  ...refusals,
} as const satisfies Texts;
