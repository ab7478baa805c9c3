import assert from "node:assert/strict";
import { test } from "node:test";
import { ServerMessage } from "./messages.ts";

test("what is no event of a meeting's, or holds more than one does, is no message", () => {
  const by = { kind: "house", part: "presence" };
  const left = { at: 1, by, type: "seat.left", structure: { seats: ["seatanna1"], said: true }, payload: null };
  const heard = (event: object) => ServerMessage.safeParse({ type: "events", events: [event] });
  assert.deepEqual(heard(left).data, { type: "events", events: [left] });
  for (const wrong of [
    { ...left, type: "seat.flown" },
    { ...left, version: 7 },
    { ...left, structure: {} },
  ]) {
    const { error } = heard(wrong);
    assert.deepEqual(error?.issues[0]?.path.slice(0, 2), ["events", 0]);
  }
});

test("an author who is none of a meeting's says nothing", () => {
  const heard = (kind: string) => {
    const messages = [{ number: 1, at: 1, by: { kind, seat: "seatanna1" }, body: {} }];
    return ServerMessage.safeParse({ type: "stream", stream: "notes", audience: "all", messages, more: false }).success;
  };
  assert.deepEqual(["seat", "ghost"].map(heard), [true, false]);
});
