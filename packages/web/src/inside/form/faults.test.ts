import assert from "node:assert/strict";
import { test } from "node:test";
import { Title } from "@raadhuis/meeting";
import { translating } from "../../i18n/testing.ts";
import { inside } from "../texts.ts";
import { type Fault, refusedField, wrongAddress, wrongPassword, wrongWords } from "./faults.ts";

const t = translating(inside, "en");

const refused = (code: string, at?: { field: string; line?: number }) => ({
  ok: false as const,
  code,
  ...(at ? { at } : {}),
});

/** Beside a field of this name, in English. */
const said = (fault: Fault | null | undefined, field = "Title") =>
  fault ? fault({ t, problem: (code) => `[${code}]` }, field) : null;

test("what is wrong with words is told by what to do about it", () => {
  assert.equal(said(wrongWords(Title, "", 300)), "Fill in “Title”.");
  assert.equal(said(wrongWords(Title, "x".repeat(301), 300)), "“Title” is too long: 300 characters fit.");
  assert.match(said(wrongWords(Title, "a\u202eb", 300)) ?? "", /cannot be seen/);
  assert.equal(wrongWords(Title, "", 300, true), null);
  assert.equal(wrongWords(Title, "Raad", 300), null);
});

test("addresses and passwords that the house cannot take are said before they are sent", () => {
  for (const wrong of ["", "kim", "kim@dorp", "kim @dorp.nl"]) assert.ok(wrongAddress(wrong), wrong);
  assert.equal(wrongAddress(" kim@dorp.example "), null);
  assert.equal(said(wrongPassword("", 12), "Password"), "Fill in “Password”.");
  assert.equal(said(wrongPassword("elf tekens.", 12), "Password"), "“Password” needs at least 12 characters.");
  assert.equal(wrongPassword("twaalf teken", 12), null);
});

test("a refusal that says where it is stands at that field, also of a person within a request", () => {
  const at = (field: string, line?: number) => ({ field, ...(line ? { line } : {}) });
  const email = refusedField(refused("request.malformed", at("clerk.email")), { body: "", name: "", email: "" });
  assert.equal(email?.field, "email");
  assert.equal(said(email?.fault, "Address"), "“Address” is not right. Check what stands there.");
  const agenda = refusedField(refused("request.malformed", at("agenda", 3)), { agenda: "" });
  assert.equal(said(agenda?.fault, "Agenda"), "“Agenda” is not right on line 3. Check what stands there.");
  const seats = refusedField(refused("seat.name-taken", at("seats", 2)), { seats: [] });
  assert.deepEqual([seats?.field, said(seats?.fault)], ["seats", "[seat.name-taken]"]);
});

test("a refusal by its code alone stands at the field that it is always of; any other at none", () => {
  assert.equal(refusedField(refused("seat.name-taken"), { name: "", party: "" })?.field, "name");
  assert.equal(refusedField(refused("house.disk-full"), { name: "" }), null);
  assert.equal(refusedField(refused("request.malformed", { field: "toString" }), { name: "" }), null);
});
