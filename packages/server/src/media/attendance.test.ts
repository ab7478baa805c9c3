import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { MeetingId, SeatId } from "@raadhuis/meeting";
import { Hub, type Page } from "../meetings/hub.ts";
import { Attendance } from "./attendance.ts";

const meeting = MeetingId.parse("meeting123");
const anna = { kind: "seat", seat: SeatId.parse("seatanna1") } as const;
const nothing = () => undefined;

/** A server whose pages the test opens and closes. */
function server(t: TestContext, { settled = true } = {}) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const hub = new Hub();
  const said: string[] = [];
  const attendance = new Attendance({ hub });
  attendance.onGone(() => said.push("gone"));
  attendance.onSettled(() => said.push("settled"));
  t.after(() => attendance.stop());
  const after = (seconds: number) => t.mock.timers.tick(seconds * 1000);
  attendance.start();
  if (settled) after(30);
  said.length = 0;
  const open = (session: string, { isInChamber = true, who = anna as Page["who"] } = {}) => {
    const page = { who, meeting, session, isInChamber, isIn: true, line: null };
    const does = { send: nothing, follow: nothing, beat: nothing, close: nothing, end: nothing, leave: nothing };
    const whole: Page = { ...page, ...does, sendText: nothing };
    hub.add(whole);
    attendance.check(meeting);
    const close = () => {
      hub.remove(whole);
      attendance.check(meeting);
    };
    return { close };
  };
  const has = (session: string) => attendance.has({ meeting, session });
  return { attendance, said, open, has, after };
}

test("a session has media from its first page in the chamber until half a minute after its last", (t) => {
  const { said, open, has, after } = server(t);
  assert.equal(has("laptop"), false);
  const first = open("laptop");
  const second = open("laptop");
  first.close();
  after(60);
  assert.equal(has("laptop"), true);
  second.close();
  after(29);
  assert.deepEqual([has("laptop"), said], [true, []]);
  after(1);
  assert.deepEqual([has("laptop"), said], [false, ["gone"]]);
});

test("a page that is back in time keeps its media, and has all that time again", (t) => {
  const { said, open, has, after } = server(t);
  open("laptop").close();
  after(20);
  open("phone");
  after(9);
  const back = open("laptop");
  after(60);
  assert.deepEqual([has("laptop"), said], [true, []]);
  back.close();
  after(29);
  assert.deepEqual([has("laptop"), said], [true, []]);
  after(1);
  assert.deepEqual([has("laptop"), said], [false, ["gone"]]);
});

test("whatever else happens in the meeting meanwhile does not lengthen it", (t) => {
  const { said, open, has, after } = server(t);
  open("laptop").close();
  after(20);
  open("phone");
  after(10);
  assert.deepEqual([has("laptop"), has("phone")], [false, true]);
  after(60);
  assert.deepEqual(said, ["gone"]);
});

test("whoever presses Leave has none from then on, unless another page of that session is in the chamber", (t) => {
  const { attendance, said, open, has, after } = server(t);
  const other = open("laptop");
  open("laptop").close();
  attendance.left({ meeting, session: "laptop" });
  assert.deepEqual([has("laptop"), said], [true, []]);
  open("phone");
  other.close();
  attendance.left({ meeting, session: "laptop" });
  assert.deepEqual([has("laptop"), said], [false, ["gone"]]);
  after(60);
  assert.deepEqual(said, ["gone"]);
});

test("neither a page in the lobby nor the office's gives any", (t) => {
  const { open, has } = server(t);
  open("laptop", { isInChamber: false });
  open("office", { who: { kind: "office", clerk: "clerk" } });
  assert.deepEqual([has("laptop"), has("office")], [false, false]);
});

test("a server that has just begun gives everybody half a minute, and then looks who has come back", (t) => {
  const { said, open, has, after } = server(t, { settled: false });
  open("laptop");
  after(29);
  assert.deepEqual([has("laptop"), has("gone"), said], [true, true, []]);
  after(1);
  assert.deepEqual([has("laptop"), has("gone"), said], [true, false, ["settled"]]);
});

test("that time is not for whoever presses Leave meanwhile, until they are back", (t) => {
  const { attendance, open, has, after } = server(t, { settled: false });
  open("laptop").close();
  attendance.left({ meeting, session: "laptop" });
  assert.equal(has("laptop"), false);
  open("laptop").close();
  after(29);
  assert.equal(has("laptop"), true);
});

test("a server that goes takes nobody's media along", (t) => {
  const { attendance, said, open, has, after } = server(t);
  const page = open("laptop");
  const earlier = open("phone");
  earlier.close();
  attendance.stop();
  page.close();
  after(60);
  assert.deepEqual([has("laptop"), has("phone"), said], [true, true, []]);
});
