import type { Said, Texts } from "../../../i18n/words.ts";
import type { Reason } from "./reasons.ts";

const reasons = {
  "access.why.link.unknown": {
    en: "The link is unknown, altered or replaced.",
    nl: "De link is onbekend, veranderd of vervangen.",
  },
  "access.why.unknown-address": { en: "Unknown e-mail address.", nl: "Onbekend e-mailadres." },
  "access.why.office.wrong-credentials": { en: "Wrong password.", nl: "Verkeerd wachtwoord." },
  "access.why.office.link-used": { en: "The link was used already.", nl: "De link was al gebruikt." },
  "access.why.office.link-lapsed": { en: "The link had expired.", nl: "De link was verlopen." },
  "access.why.office.setup-lapsed": { en: "The set-up link had expired.", nl: "De inrichtlink was verlopen." },
  "access.why.office.busy": {
    en: "Too busy: refused unseen, or they left before the answer.",
    nl: "Te druk: ongezien geweigerd, of vertrokken voor het antwoord.",
  },
  "access.why.meeting.ended": { en: "The meeting is over.", nl: "De vergadering is afgelopen." },
  "access.why.office.already-set-up": { en: "Raadhuis was set up already.", nl: "Raadhuis was al ingericht." },
  "access.why.password.common": {
    en: "The password chosen was too easy to guess.",
    nl: "Het gekozen wachtwoord was te makkelijk te raden.",
  },
  "access.why.request.too-many": {
    en: "Too many attempts: refused unseen.",
    nl: "Te veel pogingen: ongezien geweigerd.",
  },
  "access.why.session.idle": { en: "Not used for too long.", nl: "Te lang niet gebruikt." },
  "access.why.session.absolute": { en: "It had lasted as long as a session may.", nl: "De maximale duur was bereikt." },
  "access.why.session.meeting-ended": { en: "The meeting is over.", nl: "De vergadering is afgelopen." },
  "access.why.session.replaced": { en: "A new link was made.", nl: "Er is een nieuwe link gemaakt." },
  "access.why.session.cap": {
    en: "There were too many sessions at once.",
    nl: "Er waren te veel aanmeldingen tegelijk.",
  },
} as const satisfies Record<`access.why.${Reason}`, Said>;

export const access = {
  ...reasons,
  "access.title": { en: "Access", nl: "Toegang" },
  "access.lead": {
    en: "Who came in here, and who tried. The newest is at the top; after 90 days it is erased.",
    nl: "Wie hier binnenkwam, en wie het probeerde. Het nieuwste staat bovenaan; na 90 dagen wordt het gewist.",
  },
  "access.onlyFailed": { en: "Only failed attempts", nl: "Alleen mislukte pogingen" },
  "access.nothing": { en: "Nothing has happened yet.", nl: "Er is nog niets gebeurd." },
  "access.nothingFailed": { en: "There are no failed attempts.", nl: "Er zijn geen mislukte pogingen." },
  "access.pages": { en: "Pages", nl: "Bladeren" },
  "access.page": { en: "Page {{page}} of {{pages}}", nl: "Pagina {{page}} van {{pages}}" },
  "access.newer": { en: "Newer", nl: "Nieuwer" },
  "access.older": { en: "Older", nl: "Ouder" },
  "access.times_one": { en: "{{count}} time", nl: "{{count}} keer" },
  "access.times_other": { en: "{{count}} times", nl: "{{count}} keer" },
  "access.new": { en: "new", nl: "nieuw" },
  "access.manyNetworks": { en: "many networks", nl: "veel netwerken" },
  "access.house.zone-changed.done": { en: "Time zone changed", nl: "Tijdzone veranderd" },
  "access.house.identifier-changed.done": { en: "Identifier changed", nl: "Kenmerk gewijzigd" },
  "access.house.set-up.done": { en: "Raadhuis was set up", nl: "Raadhuis ingericht" },
  "access.house.set-up.failed": { en: "Set-up failed", nl: "Inrichten mislukt" },
  "access.office.sign-in.done": { en: "Signed in by password", nl: "Aangemeld met wachtwoord" },
  "access.office.sign-in.failed": { en: "Signing in failed", nl: "Aanmelden mislukt" },
  "access.office.sign-in-by-link.done": { en: "Signed in by a sign-in link", nl: "Aangemeld met een aanmeldlink" },
  "access.office.sign-in-by-link.failed": { en: "Sign-in link refused", nl: "Aanmeldlink geweigerd" },
  "access.office.link-made.done": { en: "Sign-in link made", nl: "Aanmeldlink gemaakt" },
  "access.office.sign-out.done": { en: "Signed out", nl: "Afgemeld" },
  "access.office.session-ended.ended": { en: "Session ended", nl: "Aanmelding beëindigd" },
  "access.seat.link-made.done": { en: "New personal link made", nl: "Nieuwe persoonlijke link gemaakt" },
  "access.seat.redeem.done": { en: "Personal link opened", nl: "Persoonlijke link geopend" },
  "access.seat.redeem.failed": { en: "Personal link refused", nl: "Persoonlijke link geweigerd" },
  "access.seat.session-ended.ended": { en: "Access to a meeting ended", nl: "Toegang tot vergadering beëindigd" },
  "access.news.today_one": {
    en: "Today there was {{count}} failed attempt to come in, from {{from}}.",
    nl: "Vandaag is {{count}} keer vergeefs geprobeerd binnen te komen, vanaf {{from}}.",
  },
  "access.news.today_other": {
    en: "Today there were {{count}} failed attempts to come in, from {{from}}.",
    nl: "Vandaag is {{count}} keer vergeefs geprobeerd binnen te komen, vanaf {{from}}.",
  },
  "access.news.since_one": {
    en: "Since {{since}} there was {{count}} failed attempt to come in, from {{from}}.",
    nl: "Sinds {{since}} is {{count}} keer vergeefs geprobeerd binnen te komen, vanaf {{from}}.",
  },
  "access.news.since_other": {
    en: "Since {{since}} there were {{count}} failed attempts to come in, from {{from}}.",
    nl: "Sinds {{since}} is {{count}} keer vergeefs geprobeerd binnen te komen, vanaf {{from}}.",
  },
  "access.news.from_one": { en: "{{count}} network", nl: "{{count}} netwerk" },
  "access.news.from_other": { en: "{{count}} networks", nl: "{{count}} netwerken" },
  "access.news.fromMore_one": { en: "more than {{count}} network", nl: "meer dan {{count}} netwerk" },
  "access.news.fromMore_other": { en: "more than {{count}} networks", nl: "meer dan {{count}} netwerken" },
  "access.news.look": { en: "See what was tried", nl: "Bekijk wat er is geprobeerd" },
} as const satisfies Texts;
