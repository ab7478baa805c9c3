import { randomBytes } from "node:crypto";

const alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

const random = (length: number): string =>
  Array.from(randomBytes(length), (byte) => alphabet[byte % alphabet.length]).join("");

/** Ids with the prefixes that LiveKit's clients look at. */
export const newRoomSid = (): string => `RM_${random(12)}`;
export const newParticipantSid = (): string => `PA_${random(12)}`;
export const newEventId = (): string => `EV_${random(12)}`;
export const newTrackSid = (kind: "audio" | "video", screen: boolean): string =>
  `TR_${kind === "audio" ? "A" : "V"}${screen ? "S" : kind === "audio" ? "M" : "C"}${random(12)}`;
