import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, type MeetingState, parseEvent, type Seat, SeatId, seatOf } from "@raadhuis/meeting";
import type { MediaTicket } from "@raadhuis/protocol/socket";
import { offersOf, promptOf, promptWords } from "./offers.ts";
import { chamber } from "./texts.ts";

const anna = SeatId.parse("seatanna1");
const all: MediaTicket["publish"] = ["camera", "microphone", "screen_share", "screen_share_audio"];
const off = { microphone: false, camera: false };

/** A public meeting on air, as a member sees it who is in; what follows that is for the test to say. */
function seen(...steps: [type: string, structure: object][]): { state: MeetingState; me: Seat } {
  const told: [string, object, object | null][] = [
    [
      "meeting.planned",
      { kind: "public", startsAt: 5000, recording: true, bodyId: null, organId: null },
      { body: "Raad", organ: null, title: "Vergadering" },
    ],
    ["seat.assigned", { seat: anna, role: "member" }, { name: "Anna", party: null }],
    ["seat.arrived", { seats: [anna] }, null],
    ["meeting.opened", { epoch: 2 }, null],
    ...steps.map(([type, structure]): [string, object, null] => [type, structure, null]),
  ];
  const state = fold(
    told.map(([type, structure, payload], index) =>
      parseEvent({
        meeting: "meeting123",
        version: index + 1,
        at: 1,
        by: { kind: "house", part: "presence" },
        type,
        structure,
        payload,
      }),
    ),
  );
  const me = state && seatOf(state, anna);
  assert.ok(me);
  return { state, me };
}

test("a page is offered what its seat may do", () => {
  const { state, me } = seen();
  const offers = { microphone: true, camera: true, share: true, raiseHand: true };
  assert.deepEqual(offersOf(state, me, { link: "connected" }, all), offers);
  assert.deepEqual(offersOf(state, me, { link: "connecting" }, []), {
    ...offers,
    microphone: false,
    camera: false,
    share: false,
  });
  const floor = seen(["floor.given", { seat: anna }]);
  assert.equal(offersOf(floor.state, floor.me, { link: "connected" }, all)?.raiseHand, false);
});

test("a page whose seat takes part elsewhere is offered nothing, and asked for nothing", () => {
  const { state, me } = seen(["floor.given", { seat: anna }]);
  assert.equal(offersOf(state, me, { link: "elsewhere" }, all), null);
  const media = { sending: off, airPrompt: true };
  assert.equal(promptOf(state, me, { ...media, link: "elsewhere" }, all), null);
  assert.equal(promptOf(state, me, { ...media, link: "connected" }, all), "floor");
});

test("whoever is on air with something off is asked once, whoever has the floor until they can be heard", () => {
  const { state, me } = seen();
  const link = "connected";
  assert.equal(promptOf(state, me, { link, sending: off, airPrompt: true }, all), "air");
  assert.equal(promptOf(state, me, { link, sending: off, airPrompt: false }, all), null);
  assert.equal(promptOf(state, me, { link, sending: { microphone: true, camera: true }, airPrompt: true }, all), null);
  const floor = seen(["floor.given", { seat: anna }]);
  assert.equal(promptOf(floor.state, floor.me, { link, sending: off, airPrompt: false }, all), "floor");
  assert.equal(promptOf(floor.state, floor.me, { link, sending: off, airPrompt: true }, []), null);
});

test("the prompt calls off what is off, and nothing that is on", () => {
  for (const prompt of ["air", "back"] as const) {
    const words = (sending: typeof off) => chamber[promptWords(prompt, sending)].nl;
    assert.match(words(off), /microfoon en camera staan uit/);
    assert.match(words({ microphone: true, camera: false }), /camera staat uit/);
    assert.doesNotMatch(words({ microphone: true, camera: false }), /microfoon/);
    assert.match(words({ microphone: false, camera: true }), /microfoon staat uit/);
    assert.doesNotMatch(words({ microphone: false, camera: true }), /camera/);
  }
});
