import assert from "node:assert/strict";
import { test } from "node:test";
import { inside } from "../../../i18n/inside.ts";
import { peopleOf, roleWords } from "../people/paste.ts";
import { agendaOf } from "./agenda.ts";
import { localInput, nextHour } from "./localTime.ts";

test("a pasted agenda loses its numbers, dashes and empty lines, and keeps its words", () => {
  const pasted =
    "1. Opening\r\n2) Vaststelling agenda\n\n  - Parkeren\n• 2027: de begroting\n3.1 Krediet\n10 jaar plein\n";
  assert.deepEqual(agendaOf(pasted), [
    "Opening",
    "Vaststelling agenda",
    "Parkeren",
    "2027: de begroting",
    "Krediet",
    "10 jaar plein",
  ]);
});

test("people are pasted with party and role in either language, by semicolon or tab", () => {
  const words = roleWords([inside.nl, inside.en]);
  assert.deepEqual(peopleOf("1. Anna de Boer; ; voorzitter\nBram\tGroen\tlid\nCarla; Clerk\nDirk; VVD\n\n; x", words), [
    { name: "Anna de Boer", party: null, role: "chair" },
    { name: "Bram", party: "Groen", role: "member" },
    { name: "Carla", party: null, role: "clerk" },
    { name: "Dirk", party: "VVD", role: "member" },
  ]);
});

test("a new meeting is proposed for the next whole hour, as a date field takes it", () => {
  const at = nextHour(new Date(2026, 10, 23, 19, 20).getTime());
  assert.equal(localInput(at), "2026-11-23T20:00");
  assert.equal(new Date(localInput(at)).getTime(), at);
});
