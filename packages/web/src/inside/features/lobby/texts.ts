import type { Said, Texts } from "../../../i18n/words.ts";
import type { Device } from "../media/devices.ts";

const tried = {
  "lobby.microphone.try.on": { en: "Trying the microphone", nl: "Microfoon uitproberen: aan" },
  "lobby.microphone.try.off": { en: "Try the microphone", nl: "Microfoon uitproberen" },
  "lobby.camera.try.on": { en: "Trying the camera", nl: "Camera uitproberen: aan" },
  "lobby.camera.try.off": { en: "Try the camera", nl: "Camera uitproberen" },
} as const satisfies Record<`lobby.${Device}.try.${"on" | "off"}`, Said>;

const chosen = {
  "lobby.microphone.on": { en: "Microphone is on", nl: "Microfoon staat aan" },
  "lobby.microphone.off": { en: "Microphone is off", nl: "Microfoon staat uit" },
  "lobby.camera.on": { en: "Camera is on", nl: "Camera staat aan" },
  "lobby.camera.off": { en: "Camera is off", nl: "Camera staat uit" },
} as const satisfies Record<`lobby.${Device}.${"on" | "off"}`, Said>;

export const lobby = {
  ...tried,
  ...chosen,
  "lobby.preview": { en: "Your picture and sound", nl: "Uw beeld en geluid" },
  "lobby.you": { en: "You are", nl: "U bent" },
  "lobby.level": { en: "Sound", nl: "Geluid" },
  "lobby.join": { en: "Go in", nl: "Naar binnen" },
  "lobby.joinWithout": { en: "Go in without picture and sound", nl: "Ga naar binnen zonder beeld en geluid" },
  "lobby.quiet": {
    en: "The meeting has begun, so your microphone is off at first. Turn it on here or inside when you want to speak.",
    nl: "De vergadering is al bezig, dus uw microfoon staat eerst uit. Zet hem hier of binnen aan als u wilt spreken.",
  },
  "lobby.trying": {
    en: "You are only trying them here: nobody sees or hears you. Inside, your microphone and camera are off until you are given the floor and turn them on.",
    nl: "U probeert ze hier alleen uit: niemand ziet of hoort u. Binnen staan uw microfoon en camera uit, tot u het woord krijgt en ze zelf aanzet.",
  },
  "lobby.planned": {
    en: "The meeting has not been opened yet. You can go in already; the public sees nothing yet.",
    nl: "De vergadering is nog niet geopend. U kunt vast naar binnen; het publiek ziet nog niets.",
  },
  "lobby.offAir": { en: "The meeting is off air now.", nl: "De vergadering is nu niet in uitzending." },
  "lobby.doorsClosed": {
    en: "The doors are closed: the public sees and hears nothing. You may be there.",
    nl: "De deuren zijn gesloten: het publiek ziet en hoort niets. U mag erbij zijn.",
  },
  "lobby.closed": {
    en: "This is a private meeting: no public, no broadcast, no recording.",
    nl: "Dit is een besloten bijeenkomst: geen publiek, geen uitzending, geen opname.",
  },
  "lobby.onAir": {
    en: "The meeting is on air. The public sees and hears what you turn on here.",
    nl: "De vergadering is in uitzending. Wat u hier aanzet, ziet en hoort het publiek.",
  },
  "lobby.onAirListening": {
    en: "The meeting is on air. You are listening in.",
    nl: "De vergadering is in uitzending. U luistert mee.",
  },
  "lobby.citizen": {
    en: "At first you watch and listen. When you are given the floor, you turn on your microphone and camera yourself.",
    nl: "U kijkt en luistert eerst mee. Krijgt u het woord, dan zet u zelf uw microfoon en camera aan.",
  },
} as const satisfies Texts;
