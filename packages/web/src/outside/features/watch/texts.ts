import type { TimelineEntry } from "@raadhuis/protocol/public";
import type { Said, Texts } from "../../../i18n/words.ts";

const scenes = {
  "scene.live": { en: "Live", nl: "Live" },
  "scene.before": { en: "The meeting begins soon", nl: "Straks begint de vergadering" },
  "scene.suspended": { en: "The meeting is suspended", nl: "De vergadering is geschorst" },
  "scene.doorsClosed": {
    en: "The meeting goes on behind closed doors",
    nl: "De vergadering gaat achter gesloten deuren verder",
  },
  "scene.after": { en: "The meeting is over", nl: "De vergadering is afgelopen" },
} as const satisfies Record<`scene.${TimelineEntry["scene"]}`, Said>;

export const watch = {
  ...scenes,
  "watch.asking": { en: "One moment", nl: "Een ogenblik" },
  "watch.askingText": { en: "We are looking up the meeting.", nl: "We zoeken de vergadering op." },
  "watch.picture": { en: "The meeting, live", nl: "De vergadering, live" },
  "watch.soundOn": { en: "Turn the sound on", nl: "Zet het geluid aan" },
  "watch.soundOff": { en: "Turn the sound off", nl: "Zet het geluid uit" },
  "watch.play": { en: "Play", nl: "Speel af" },
  "watch.pause": { en: "Pause", nl: "Pauze" },
  "watch.toEdge": { en: "To the latest picture", nl: "Naar het laatste beeld" },
  "watch.now": { en: "Now showing", nl: "Nu te zien" },
  "watch.late": { en: "This picture is more than {{age}} old.", nl: "Dit beeld is ruim {{age}} oud." },
  "watch.before": {
    en: "The meeting has not begun. This page starts by itself.",
    nl: "De vergadering is nog niet begonnen. Deze pagina begint vanzelf.",
  },
  "watch.share": { en: "Copy the link to this page", nl: "Kopieer de link naar deze pagina" },
  "scene.late": { en: "Not live", nl: "Niet live" },
  "scene.loading": { en: "Loading the picture", nl: "Beeld wordt geladen" },
  "notice.meeting.not-public.title": { en: "This meeting is not here", nl: "Deze vergadering is hier niet" },
  "notice.meeting.not-public.text": {
    en: "There is no public meeting at this address. See the home page for those there are.",
    nl: "Er is geen openbare vergadering op dit adres. Kijk op de beginpagina welke er zijn.",
  },
} as const satisfies Texts;
