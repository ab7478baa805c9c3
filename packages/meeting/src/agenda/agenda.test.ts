import assert from "node:assert/strict";
import { test } from "node:test";
import { anna, budget, by, mo, noItem, office, opened, Play, plan, planned, roads } from "../testing/council.ts";

test("the office plans a meeting, once", () => {
  const play = new Play().with(plan());
  assert.equal(play.now.phase, "planned");
  assert.equal(play.now.title, "Council");
  assert.equal(play.refusal(...plan()), "meeting.exists");
});

test("nobody but the office plans a meeting", () => {
  assert.equal(new Play().refusal(by(anna), plan()[1]), "role.not-allowed");
});

test("nothing can be done in a meeting that was not planned", () => {
  assert.equal(new Play().refusal(office, { type: "openMeeting" }), "meeting.unknown");
});

test("a meeting that is not public cannot be recorded", () => {
  for (const kind of ["private", "call"] as const)
    assert.equal(
      new Play().refusal(office, {
        type: "planMeeting",
        kind,
        body: "West Betuwe",
        title: "Confidential",
        startsAt: 1,
        recording: true,
      }),
      "meeting.kind",
    );
});

test("items come to the end of the agenda, before the meeting and during it", () => {
  const play = new Play().with(
    plan(),
    [office, { type: "addItem", item: roads, title: "Roads" }],
    [office, { type: "addItem", item: budget, title: "Budget" }],
  );
  assert.deepEqual(play.now.agenda, [
    { id: roads, title: "Roads" },
    { id: budget, title: "Budget" },
  ]);
  assert.equal(opened().refusal(by(anna), { type: "addItem", item: noItem, title: "Urgent" }), null);
});

test("an item is on the agenda once", () => {
  assert.equal(planned().refusal(office, { type: "addItem", item: budget, title: "Again" }), "item.exists");
});

test("a member does not change the agenda", () => {
  assert.equal(planned().refusal(by(mo), { type: "addItem", item: noItem, title: "Mine" }), "role.not-allowed");
  assert.equal(planned().refusal(by(mo), { type: "removeItem", item: budget }), "role.not-allowed");
});

test("a call has no agenda", () => {
  assert.equal(planned("call").refusal(office, { type: "addItem", item: budget, title: "Budget" }), "meeting.kind");
});

test("a private meeting has an agenda and goes through it", () => {
  const play = opened("private").with([by(anna), { type: "startItem", item: budget }]);
  assert.equal(play.now.item, budget);
});

test("the public agenda stays as it is while the doors are closed", () => {
  const play = opened().with([by(anna), { type: "closeDoors" }]);
  assert.equal(play.refusal(by(anna), { type: "addItem", item: noItem, title: "Secret" }), "item.doors-closed");
  assert.equal(play.refusal(by(anna), { type: "removeItem", item: roads }), "item.doors-closed");
  assert.equal(play.refusal(by(anna), { type: "startItem", item: roads }), null);
});

test("an item is taken off the agenda, unless it is under discussion", () => {
  const play = opened().with([by(anna), { type: "startItem", item: budget }]);
  assert.equal(play.refusal(office, { type: "removeItem", item: budget }), "item.current");
  assert.equal(play.refusal(office, { type: "removeItem", item: noItem }), "item.unknown");
  play.with([office, { type: "removeItem", item: roads }]);
  assert.deepEqual(
    play.now.agenda.map(({ id }) => id),
    [budget],
  );
});

test("the chair moves to any item of an open meeting, in any order", () => {
  const play = opened().with(
    [by(anna), { type: "startItem", item: roads }],
    [by(anna), { type: "startItem", item: budget }],
  );
  assert.equal(play.now.item, budget);
  assert.equal(play.refusal(by(anna), { type: "startItem", item: budget }), "item.current");
  assert.equal(play.refusal(by(anna), { type: "startItem", item: noItem }), "item.unknown");
  assert.equal(play.refusal(by(mo), { type: "startItem", item: roads }), "role.not-allowed");
});

test("no item starts before the meeting or while it is suspended", () => {
  assert.equal(planned().refusal(by(anna), { type: "startItem", item: roads }), "meeting.not-open");
  const play = opened().with([by(anna), { type: "suspendMeeting" }]);
  assert.equal(play.refusal(by(anna), { type: "startItem", item: roads }), "meeting.not-open");
});

test("whoever conducts writes the body's words on a slate, and takes them off again", () => {
  const play = planned().with([by(anna), { type: "writeSlate", slate: "suspended", text: "Back at 21:15" }]);
  assert.equal(play.now.slates.suspended, "Back at 21:15");
  play.with([office, { type: "writeSlate", slate: "suspended", text: null }]);
  assert.equal(play.now.slates.suspended, null);
  assert.equal(play.refusal(by(mo), { type: "writeSlate", slate: "after", text: "Bye" }), "role.not-allowed");
});

test("a meeting without a gallery has no slates", () => {
  const words = { type: "writeSlate", slate: "before", text: "Soon" } as const;
  assert.equal(planned("private").refusal(office, words), "meeting.kind");
});
