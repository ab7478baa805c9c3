import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { commandNames, decide, parseCommand } from "./index.ts";
import { office } from "./testing/council.ts";

const problemOf = (raw: unknown) => {
  const parsed = parseCommand(raw);
  return "problem" in parsed ? parsed.problem : null;
};

test("a command nobody knows is told apart from one that is badly written", () => {
  assert.equal(problemOf({ type: "abdicate" })?.code, "command.unknown");
  assert.equal(problemOf({ type: "toString" })?.code, "command.unknown");
  assert.equal(problemOf({ type: "removeSeat", seat: "x" })?.code, "command.malformed");
  assert.equal(problemOf({ type: "openMeeting", now: true })?.code, "command.malformed");
  for (const raw of [null, undefined, 7, "openMeeting", [], {}, { type: 7 }])
    assert.equal(problemOf(raw)?.code, "command.malformed");
});

test("a problem names the field that is wrong", () => {
  assert.match(problemOf({ type: "addItem", item: "budgetitem", title: "" })?.message ?? "", /title/);
});

test("names are trimmed; too long, invisible or direction-changing ones are no names", () => {
  const seat = { type: "assignSeat", seat: "momember1", role: "member", party: null };
  assert.deepEqual(parseCommand({ ...seat, name: "  Mo Haddad " }), { command: { ...seat, name: "Mo Haddad" } });
  for (const name of [
    "",
    "   ",
    "\u200b\u200d",
    "x".repeat(101),
    "Mo\u0000",
    "Mo\u202ecod.exe",
    "Mo\nHaddad",
    "\ud800",
  ])
    assert.equal(problemOf({ ...seat, name })?.code, "command.malformed", JSON.stringify(name));
});

test("markup in a name is text like any other, for pages to show as it stands", () => {
  const name = "<script>alert(1)</script>";
  const parsed = parseCommand({ type: "assignSeat", seat: "momember1", role: "member", party: null, name });
  assert.ok("command" in parsed && parsed.command.type === "assignSeat" && parsed.command.name === name);
});

test("whatever comes over the border is a command or a problem, never an exception", () => {
  const kind = fc.oneof(fc.constantFrom(...commandNames), fc.string());
  const raw = fc.oneof(
    fc.anything(),
    fc.tuple(kind, fc.object()).map(([type, rest]) => ({ ...rest, type })),
  );
  fc.assert(
    fc.property(raw, (value) => {
      const parsed = parseCommand(value);
      if ("command" in parsed) decide(undefined, parsed.command, { actor: office, now: 0 });
      else assert.ok(parsed.problem.message.length > 0);
    }),
    { numRuns: 500 },
  );
});
