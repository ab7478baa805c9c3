import type { Texts } from "../../../i18n/words.ts";

export const office = {
  "office.nav.meetings": { en: "Meetings", nl: "Vergaderingen" },
  "office.nav.people": { en: "People", nl: "Mensen" },
  "office.nav.access": { en: "Access", nl: "Toegang" },
  "office.nav.settings": { en: "Settings", nl: "Instellingen" },
  "office.nav.signOut": { en: "Sign out ({{name}})", nl: "Afmelden ({{name}})" },
  "office.loadAgain": { en: "Try again", nl: "Probeer opnieuw" },
  "signin.title": { en: "Sign in", nl: "Aanmelden" },
  "signin.lead": {
    en: "For the clerk’s office. Those who take part in a meeting need no password, but their personal link.",
    nl: "Voor de griffie. Wie aan een vergadering meedoet heeft geen wachtwoord nodig, maar een persoonlijke link.",
  },
  "signin.submit": { en: "Sign in", nl: "Aanmelden" },
  "signin.byLink": {
    en: "This link signs you in once, without a password. It is used only when you press the button.",
    nl: "Deze link meldt u één keer aan, zonder wachtwoord. Hij is pas gebruikt als u op de knop drukt.",
  },
  "signin.again.title": { en: "Sign in again", nl: "Meld u opnieuw aan" },
  "signin.again.text": {
    en: "Your session has ended. Whatever you typed is still on this page: sign in here and go on where you were.",
    nl: "Uw sessie is verlopen. Wat u hebt ingevuld staat nog op deze pagina: meld u hier aan en ga verder waar u was.",
  },
  "signin.again.later": { en: "Not now", nl: "Nu niet" },
  "signin.as": { en: "Sign in as clerk of {{body}}", nl: "Meld aan bij de griffie van {{body}}" },
  "setup.title": { en: "Set up Raadhuis", nl: "Raadhuis inrichten" },
  "setup.lead": {
    en: "Once, before the beginning: who meets here, and who is the first clerk?",
    nl: "Eén keer, voor het begin: wie vergadert hier, en wie is de eerste griffier?",
  },
  "setup.body": { en: "Who meets here?", nl: "Wie vergadert hier?" },
  "setup.bodyHint": {
    en: "As the public sees it, for example ‘Lindewaard Town Council’.",
    nl: "Zoals het publiek die ziet, bijvoorbeeld ‘Gemeenteraad Lindewaard’.",
  },
  "zone.label": { en: "Time zone", nl: "Tijdzone" },
  "zone.hint": {
    en: "The clock that this body meets by. All times are shown in it, wherever they are read.",
    nl: "De klok waarnaar hier wordt vergaderd. Alle tijden zijn in deze zone, waar iemand ook zit.",
  },
  "settings.title": { en: "Settings", nl: "Instellingen" },
  "settings.save": { en: "Save", nl: "Bewaren" },
  "settings.saved": {
    en: "Saved. Whoever has a page open sees it after loading it again.",
    nl: "Bewaard. Wie een pagina open heeft, ziet het na opnieuw laden.",
  },
  "identifier.label": { en: "Identifier of the body", nl: "Kenmerk van het bestuursorgaan" },
  "identifier.hint": {
    en: "It stands in the record of every meeting made from now on, so that it is clear anywhere whose record it is; earlier records keep theirs. Raadhuis makes one itself. If you have an official one, such as gm0236, an OIN or a web address from TOOI, put it here.",
    nl: "Staat in het verslag van elke vergadering die u vanaf nu maakt, zodat overal duidelijk is van wie het is; eerdere verslagen houden hun kenmerk. Raadhuis maakt zelf een kenmerk. Hebt u een officieel, zoals gm0236, een OIN of een webadres uit TOOI, vul dat dan in.",
  },
  "identifier.odd": {
    en: "An identifier has letters, digits and the signs : / . _ # -, without spaces; it begins with a letter or digit.",
    nl: "In een kenmerk staan letters, cijfers en de tekens : / . _ # -, zonder spaties; het begint met een letter of cijfer.",
  },
  "identifier.saved": {
    en: "Saved. Meetings made from now on have this identifier.",
    nl: "Bewaard. Vergaderingen die u vanaf nu maakt, hebben dit kenmerk.",
  },
  "setup.name": { en: "Your name", nl: "Uw naam" },
  "setup.passwordHint": {
    en: "At least 12 characters; a sentence is easiest to remember.",
    nl: "Minstens 12 tekens; een zin is het makkelijkst te onthouden.",
  },
  "setup.submit": { en: "Done, to the office", nl: "Klaar, naar het kantoor" },
} as const satisfies Texts;
