import type { Said, Texts } from "../../../i18n/words.ts";
import type { Ability } from "./ability.ts";
import type { Device, Gone } from "./devices.ts";
import type { MediaProblem } from "./problems.ts";

const problems = {
  "media.camera.refused": {
    en: "The browser may not use your camera. Allow it at the padlock in the address bar; you can take part without a camera too.",
    nl: "De browser mag uw camera niet gebruiken. Sta het toe bij het slotje in de adresbalk; zonder camera kunt u ook meedoen.",
  },
  "media.camera.in-use": {
    en: "Another program is using your camera. Close it; you can take part without a camera too.",
    nl: "Een ander programma gebruikt uw camera. Sluit dat programma; zonder camera kunt u ook meedoen.",
  },
  "media.camera.missing": {
    en: "No camera was found. You can take part without one.",
    nl: "Er is geen camera gevonden. Zonder camera kunt u ook meedoen.",
  },
  "media.camera.insecure": {
    en: "Cameras work only over a secure address (https).",
    nl: "Camera’s werken alleen via een beveiligd adres (https).",
  },
  "media.camera.failed": {
    en: "The camera does not start. Try another; you can take part without one too.",
    nl: "De camera start niet. Probeer een andere; zonder camera kunt u ook meedoen.",
  },
  "media.microphone.refused": {
    en: "The browser may not use your microphone. Allow it at the padlock in the address bar; you can also just listen.",
    nl: "De browser mag uw microfoon niet gebruiken. Sta het toe bij het slotje in de adresbalk; u kunt ook alleen luisteren.",
  },
  "media.microphone.in-use": {
    en: "Another program is using your microphone. Close it; you can also just listen.",
    nl: "Een ander programma gebruikt uw microfoon. Sluit dat programma; u kunt ook alleen luisteren.",
  },
  "media.microphone.missing": {
    en: "No microphone was found. You can still listen.",
    nl: "Er is geen microfoon gevonden. U kunt wel luisteren.",
  },
  "media.microphone.insecure": {
    en: "Microphones work only over a secure address (https).",
    nl: "Microfoons werken alleen via een beveiligd adres (https).",
  },
  "media.microphone.failed": {
    en: "The microphone does not start. Try another; you can also just listen.",
    nl: "De microfoon start niet. Probeer een andere; u kunt ook alleen luisteren.",
  },
} as const satisfies Record<`media.${Device}.${MediaProblem}`, Said>;

const goings = {
  "media.microphone.gone.replaced": {
    en: "{{name}}: not connected. Your microphone now: {{other}}.",
    nl: "{{name}}: niet aangesloten. Uw microfoon is nu: {{other}}.",
  },
  "media.microphone.gone.off": {
    en: "{{name}}: not connected any more. Your microphone is off.",
    nl: "{{name}}: niet meer aangesloten. Uw microfoon staat uit.",
  },
  "media.microphone.gone.back": { en: "{{name}}: connected again.", nl: "{{name}}: weer aangesloten." },
  "media.camera.gone.replaced": {
    en: "{{name}}: not connected. Your camera now: {{other}}.",
    nl: "{{name}}: niet aangesloten. Uw camera is nu: {{other}}.",
  },
  "media.camera.gone.off": {
    en: "{{name}}: not connected any more. Your camera is off.",
    nl: "{{name}}: niet meer aangesloten. Uw camera staat uit.",
  },
  "media.camera.gone.back": { en: "{{name}}: connected again.", nl: "{{name}}: weer aangesloten." },
} as const satisfies Record<`media.${Device}.gone.${NonNullable<Gone["word"]>}`, Said>;

const devices = {
  "media.microphone.choose": { en: "Microphone", nl: "Microfoon" },
  "media.camera.choose": { en: "Camera", nl: "Camera" },
  "media.microphone.number": { en: "Microphone {{number}}", nl: "Microfoon {{number}}" },
  "media.camera.number": { en: "Camera {{number}}", nl: "Camera {{number}}" },
  "media.microphone.chosen": { en: "The microphone that you chose before", nl: "De microfoon die u eerder koos" },
  "media.microphone.other": { en: "another microphone", nl: "een andere microfoon" },
  "media.microphone.held": {
    en: "Your microphone is on but gives no sound. Look for a switch on the microphone itself, or end a call on this device.",
    nl: "Uw microfoon staat aan maar geeft geen geluid. Kijk of er een knop op de microfoon zelf zit, of beëindig een gesprek op dit apparaat.",
  },
  "media.camera.chosen": { en: "The camera that you chose before", nl: "De camera die u eerder koos" },
  "media.camera.other": { en: "another camera", nl: "een andere camera" },
  "media.camera.held": {
    en: "Your camera is on but gives no picture. Look for a shutter or switch on the camera itself, or end a call on this device.",
    nl: "Uw camera staat aan maar geeft geen beeld. Kijk of er een schuifje of knop op de camera zelf zit, of beëindig een gesprek op dit apparaat.",
  },
} as const satisfies Record<`media.${Device}.${"choose" | "number" | "chosen" | "other" | "held"}`, Said>;

const lacks = {
  "lacking.webrtc": {
    en: "This browser cannot carry picture and sound in a meeting, or they were turned off in it. Use a recent Firefox, Chrome, Edge or Safari, on this computer or on a telephone. With this browser you can follow the agenda and see who has the floor.",
    nl: "Deze browser kan in een vergadering geen beeld en geluid aan, of ze zijn daarin uitgezet. Gebruik een recente Firefox, Chrome, Edge of Safari, op deze computer of op een telefoon. Met deze browser kunt u de agenda volgen en zien wie het woord heeft.",
  },
  "lacking.https": {
    en: "Microphones and cameras work only over a secure address (https). Ask the clerk’s office for that address. Here you can watch and listen.",
    nl: "Microfoons en camera’s werken alleen via een beveiligd adres (https). Vraag de griffie om dat adres. Hier kunt u kijken en luisteren.",
  },
  "lacking.capture": {
    en: "This browser gives no microphone or camera to a page. Use a recent Firefox, Chrome, Edge or Safari to speak; here you can watch and listen.",
    nl: "Deze browser geeft een pagina geen microfoon of camera. Gebruik een recente Firefox, Chrome, Edge of Safari om te spreken; hier kunt u kijken en luisteren.",
  },
} as const satisfies Record<`lacking.${NonNullable<Ability["lacks"]>}`, Said>;

export const media = {
  ...problems,
  ...goings,
  ...devices,
  ...lacks,
  "media.camera.off": { en: "Your camera is off.", nl: "Uw camera staat uit." },
  "media.use": { en: "Use {{name}}", nl: "Gebruik {{name}}" },
  "media.muted": {
    en: "You are muted: nobody hears you. Your microphone is off.",
    nl: "U bent niet te horen: uw microfoon staat uit.",
  },
  "lacking.gallery": {
    en: "See and hear the meeting in the public gallery",
    nl: "Zie en hoor de vergadering op de publieke tribune",
  },
  "prompt.later": { en: "Not now", nl: "Nu niet" },
  "prompt.understood": { en: "Understood", nl: "Begrepen" },
} as const satisfies Texts;
