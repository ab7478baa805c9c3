import type { NewMeeting, PersonBody } from "@raadhuis/protocol";
import type { z } from "zod";

/** A municipality that does not exist, so that nobody takes the demo for a real council. */
export const BODY = "Gemeente Lindervoort";

export const CLERK = { name: "Marleen Hoogland", email: "griffie@lindervoort.example" };

/** Nine seats: chair, clerk, a deputy, five members of four parties and a citizen who asked to speak. */
export const ROSTER: z.infer<typeof PersonBody>[] = [
  { name: "Annelies van Dorp", party: null, role: "chair" },
  { name: CLERK.name, party: null, role: "clerk" },
  { name: "Youssef Amrani", party: "Lokaal Lindervoort", role: "deputy" },
  { name: "Pieter Brandsma", party: "Lokaal Lindervoort", role: "member" },
  { name: "Fenna de Ruiter", party: "Groen Kwartier", role: "member" },
  { name: "Sanne Okonkwo", party: "Samen Vooruit", role: "member" },
  { name: "Henk Terpstra", party: "Dorpsbelang", role: "member" },
  { name: "Ilse Wagenaar", party: "Groen Kwartier", role: "member" },
  { name: "Ruud Vermeer", party: null, role: "citizen" },
];

/** A public meeting that begins in five minutes, so that the public sees it announced from the start. `now`: ms. */
export const meetingAt = (now: number): NewMeeting => ({
  kind: "public",
  title: "Raadsvergadering",
  startsAt: now + 5 * 60_000,
  recording: true,
  agenda: [
    "Opening en mededelingen",
    "Vaststelling van de agenda",
    "Inspreker: de fietsbrug bij de Molenkade",
    "Bestemmingsplan Stationskwartier",
    "Begroting: tweede bestuursrapportage",
    "Rondvraag en sluiting",
  ],
  seats: ROSTER,
});
