import assert from "node:assert/strict";
import { test } from "node:test";
import { MeetingId, SeatId } from "@raadhuis/meeting";
import { makeLog } from "../log.ts";
import { notes } from "../testing/notes.ts";
import type { Page } from "./hub.ts";
import { Streams } from "./streams.ts";

const none = async (): Promise<never> => assert.fail("nothing is looked up");

test("whoever is outside is refused at once, however long the meeting's turn takes inside", async () => {
  const streams = new Streams({
    kinds: [notes],
    store: {
      ...{ heads: none, doneAppend: none, append: none, messages: none, erased: none },
      ...{ eraseWords: none, eraseAll: none, forgetAppends: none },
    },
    meetings: {
      inTurn: () => new Promise(() => undefined),
      inPresent: () => new Promise(() => undefined),
      peek: () => undefined,
    },
    hub: { of: () => [] },
    log: makeLog("silent"),
  });
  const page: Page = {
    ...{ who: { kind: "seat", seat: SeatId.parse("seatdirk1") }, meeting: MeetingId.parse("abcdefgh23456789") },
    ...{ actor: "seat:seatdirk1", session: "", isIn: false, isInChamber: false, line: null },
    ...{ send: none, sendText: none, follow: none, beat: none, close: none, end: none, leave: none },
  };
  const said = streams.append(page, {
    ...{ type: "append", id: "a", stream: "notes", audience: "all", body: { text: "hello" } },
  });
  await assert.rejects(said, { code: "seat.not-admitted" });
});
