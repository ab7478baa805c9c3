import type { NewMeeting, Organ, Person, PersonBody } from "@raadhuis/protocol/http";

/** A municipality that does not exist, so that nobody takes the demo for a real council. */
export const BODY = "Gemeente Lindervoort";

export const CLERK = { name: "Marleen Hoogland", email: "griffie@lindervoort.example" };

export const ORGAN = "Gemeenteraad";

/** Nine seats: chair, clerk, a deputy, five members of four parties and a citizen who asked to speak. */
export const ROSTER: PersonBody[] = [
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

/** What the office keeps of it. Whoever took the demo over may have changed it. */
export interface Kept {
  people: readonly Person[];
  organs: readonly Organ[];
}

const seatOf = (words: NewMeeting["seats"][number], { people }: Kept): NewMeeting["seats"][number] => {
  const person = people.find(({ name }) => name === words.name);
  return person ? { ...words, person: person.id } : words;
};

/** A public meeting that begins in five minutes, so that the public sees it announced from the start. `now`: ms. */
export const meetingAt = (now: number, kept: Kept): NewMeeting => ({
  kind: "public",
  title: "Raadsvergadering",
  organ: kept.organs.find(({ name }) => name === ORGAN)?.id,
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
  seats: ROSTER.map((words) => seatOf(words, kept)),
});
