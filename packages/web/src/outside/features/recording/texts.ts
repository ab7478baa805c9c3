import type { Texts } from "../../../i18n/words.ts";

export const recording = {
  "recording.picture": { en: "Recording of the meeting", nl: "Opname van de vergadering" },
  "recording.over": { en: "The meeting is over", nl: "De vergadering is afgelopen" },
  "recording.none": {
    en: "If there is a recording, it appears here by itself.",
    nl: "Is er een opname, dan verschijnt die hier vanzelf.",
  },
  "recording.download": {
    en: "Download the recording ({{megabytes}} MB)",
    nl: "Download de opname ({{megabytes}} MB)",
  },
  "recording.chapters": { en: "In this recording", nl: "In deze opname" },
  "recording.noItem": { en: "The meeting is open", nl: "De vergadering is geopend" },
} as const satisfies Texts;
