import assert from "node:assert/strict";
import { test } from "node:test";
import { organOf, seatsOf } from "./chosen.ts";

test("a seat of somebody of the roster says whose it is, and one for this meeting only says nothing", () => {
  const person = (id: string, name: string) => ({ id, name, party: null, role: "member" as const });
  const extra = [{ name: "Dirk", party: null, role: "citizen" as const }];
  const seats = seatsOf({ left: ["b"], extra }, [person("a", "Anna"), person("b", "Bram")]);
  assert.deepEqual(seats, [{ name: "Anna", party: null, role: "member", person: "a" }, ...extra]);
});

test("an organ that a draft names and that was taken off meanwhile is not chosen", () => {
  const organs = [{ id: "raad", name: "Raad" }];
  assert.equal(organOf({ organ: "raad" }, organs), "raad");
  assert.equal(organOf({ organ: "commissie" }, organs), "");
  assert.equal(organOf({ organ: "" }, organs), "");
});
