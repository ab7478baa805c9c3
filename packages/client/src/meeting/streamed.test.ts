import assert from "node:assert/strict";
import { test } from "node:test";
import { SeatId } from "@raadhuis/meeting";
import { lastNumbers, type Streams, streamed } from "./streamed.ts";

const by = { kind: "seat" as const, seat: SeatId.parse("seatanna1") };
const place = { stream: "notes", audience: "all" };
const said = (number: number) => ({ number, at: 1, by, body: { text: `${number}` } });
const told = (numbers: number[], more = false) =>
  ({ type: "stream", ...place, messages: numbers.map(said), more }) as const;
const erased = (through: number, numbers: number[] = []) => ({ type: "erased", ...place, through, numbers }) as const;

const after = (...messages: Parameters<typeof streamed>[1][]): Streams => messages.reduce(streamed, new Map());
const shown = (streams: Streams) => {
  const stream = streams.get("notes/all");
  return (
    stream && [
      ...stream.messages.map(({ number, body }) => (body ? number : -number)),
      ...(stream.more ? ["more"] : []),
    ]
  );
};

test("messages are kept in order, and none twice", () => {
  assert.deepEqual(shown(after(told([1, 2]), told([2, 3]), told([4]))), [1, 2, 3, 4]);
});

test("each audience is by itself, and the page says of each how far it is", () => {
  const streams = after(told([1, 2]), { ...told([1]), audience: "desk" }, { ...told([], true), audience: "long" });
  assert.deepEqual(lastNumbers(streams), { "notes/all": 2, "notes/desk": 1 });
});

test("where some were left out what was before them goes, and what comes goes on from there", () => {
  const streams = after(told([1, 2]), told([8, 9], true), told([10]));
  assert.deepEqual(shown(streams), [8, 9, 10, "more"]);
  assert.deepEqual(lastNumbers(streams), { "notes/all": 10 });
});

test("erased words go, and their messages stay; what is gone altogether is as if it never was", () => {
  const streams = after(told([1, 2, 3]), erased(0, [2, 7]));
  assert.deepEqual(shown(streams), [1, -2, 3]);
  assert.deepEqual(shown(streamed(streams, erased(2))), [3]);
  assert.deepEqual(shown(streamed(streams, erased(3))), []);
  assert.deepEqual(lastNumbers(streamed(streams, erased(3))), { "notes/all": 3 });
  assert.deepEqual(shown(after(told([8, 9], true), erased(5))), [8, 9, "more"]);
  assert.deepEqual(shown(after(told([8, 9], true), erased(8))), [9]);
});

test("a page that had more than there is begins anew", () => {
  const streams = after(told([1, 2, 3]), erased(3), told([1, 2]));
  assert.deepEqual(shown(streams), [1, 2]);
  assert.deepEqual(lastNumbers(streams), { "notes/all": 2 });
});
