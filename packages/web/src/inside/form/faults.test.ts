import assert from "node:assert/strict";
import { test } from "node:test";
import { Title } from "@raadhuis/meeting";
import { refusedField, wrongAddress, wrongPassword, wrongWords } from "./faults.ts";

const refused = (code: string, at?: { field: string; line?: number }) => ({
  ok: false as const,
  code,
  ...(at ? { at } : {}),
});

test("what is wrong with words is told by what to do about it", () => {
  assert.deepEqual(wrongWords(Title, "", 300), { text: "form.missing", values: { most: 300 } });
  assert.equal(wrongWords(Title, "x".repeat(301), 300)?.text, "form.too-long");
  assert.equal(wrongWords(Title, "a\u202eb", 300)?.text, "form.odd");
  assert.equal(wrongWords(Title, "", 300, true), null);
  assert.equal(wrongWords(Title, "Raad", 300), null);
});

test("addresses and passwords that the house cannot take are said before they are sent", () => {
  for (const wrong of ["", "kim", "kim@dorp", "kim @dorp.nl"]) assert.ok(wrongAddress(wrong), wrong);
  assert.equal(wrongAddress(" kim@dorp.example "), null);
  assert.equal(wrongPassword("", 12)?.text, "form.missing");
  assert.equal(wrongPassword("elf tekens.", 12)?.text, "form.too-short");
  assert.equal(wrongPassword("twaalf teken", 12), null);
});

test("a refusal that says where it is stands at that field, also of a person within a request", () => {
  const form = { body: "", name: "", email: "" };
  const at = (field: string, line?: number) => ({ field, ...(line ? { line } : {}) });
  assert.deepEqual(refusedField(refused("request.malformed", at("clerk.email")), form), {
    field: "email",
    fault: { text: "form.refused" },
  });
  assert.deepEqual(refusedField(refused("request.malformed", at("agenda", 3)), { agenda: "" }), {
    field: "agenda",
    fault: { text: "form.refused-line", values: { line: 3 } },
  });
  assert.deepEqual(refusedField(refused("seat.name-taken", at("seats", 2)), { seats: [] }), {
    field: "seats",
    fault: { text: "error.seat.name-taken" },
  });
});

test("a refusal by its code alone stands at the field that it is always of; any other at none", () => {
  assert.equal(refusedField(refused("seat.name-taken"), { name: "", party: "" })?.field, "name");
  assert.equal(refusedField(refused("house.disk-full"), { name: "" }), null);
  assert.equal(refusedField(refused("request.malformed", { field: "toString" }), { name: "" }), null);
});
