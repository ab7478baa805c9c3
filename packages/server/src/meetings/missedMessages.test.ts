import assert from "node:assert/strict";
import { test } from "node:test";
import { MeetingId, SeatId } from "@raadhuis/meeting";
import { ErasedMessages, StreamMessages } from "@raadhuis/protocol/socket";
import type { Message } from "../store/streams.ts";
import { Missed, nothing } from "./missedMessages.ts";

const seat = SeatId.parse("seatanna1");
const MiB = 1024 * 1024;

/** An audience of so many messages, each as long as this, and how often it was looked up. */
function audienceOf(last: number, length = 1) {
  let looks = 0;
  const message = (number: number): Message => {
    return { number, at: 1, by: { kind: "seat", seat }, body: { text: "x".repeat(length) } };
  };
  const missed = new Missed(
    {
      messages: async (_place, after, most) => {
        looks++;
        const first = Math.max(after, last - most);
        return Array.from({ length: last - first }, (_, index) => message(first + 1 + index));
      },
      erased: async () => [],
    },
    MeetingId.parse("abcdefgh23456789"),
  );
  const head = { stream: "notes", audience: "all", last, erasures: 0, erasedThrough: 0 };
  /** What a page is sent that has all up to this number. */
  const of = async (number: number, most = MiB) => {
    const { texts, bytes } = await missed.of(head, number === 0 ? nothing : { number, erasures: 0 }, most);
    const read = texts.map((text): unknown => JSON.parse(text.toString()));
    return {
      told: read.map((one) => StreamMessages.safeParse(one).data).find((one) => one !== undefined),
      erased: read.map((one) => ErasedMessages.safeParse(one).data).find((one) => one !== undefined),
      bytes,
    };
  };
  return { of, looks: () => looks };
}

test("of more than two hundred messages the newest are sent, and that there are more", async () => {
  const { of } = audienceOf(1_000);
  const { told } = await of(0);
  assert.deepEqual([told?.messages.length, told?.messages[0]?.number, told?.more], [200, 801, true]);
  const rest = await of(800);
  assert.deepEqual([rest.told?.messages.length, rest.told?.more], [200, false]);
});

test("long ones are fewer: no page is sent more than it can take in, of all its audiences together", async () => {
  const { of } = audienceOf(100, 4_000);
  const { told, bytes } = await of(0);
  assert.ok(told?.more && told.messages.length > 50);
  assert.ok(bytes > 200 * 1024 && bytes < 260 * 1024, `${bytes}`);
  assert.equal(told.messages.at(-1)?.number, 100);
  const none = await of(0, -1);
  assert.deepEqual([none.told?.messages, none.told?.more], [[], true]);
});

test("those who miss the same are told by one look", async () => {
  const { of, looks } = audienceOf(10);
  await Promise.all(Array.from({ length: 300 }, () => of(4)));
  assert.equal(looks(), 1);
});

test("a page that has more than there is begins anew", async () => {
  const { of } = audienceOf(3);
  const { erased, told } = await of(9);
  assert.deepEqual([erased?.through, erased?.numbers], [9, []]);
  assert.deepEqual(
    told?.messages.map(({ number }) => number),
    [1, 2, 3],
  );
});
