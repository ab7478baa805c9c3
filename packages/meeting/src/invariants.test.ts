import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  commandNames,
  conducts,
  type Decision,
  eventTypes,
  fold,
  MeetingState,
  mayEnter,
  mediaRightsOf,
  nameKey,
  parseEvent,
  programmeOf,
  refusalCodes,
  type SeatId,
  seatOf,
} from "./index.ts";
import { eventsOf, type Moment, seats, story, stranger, tell } from "./testing/story.ts";

/** What holds at every moment of every meeting. `soFar`: all moments up to and with this one. */
const always: Record<string, (moment: Moment, soFar: readonly Moment[]) => void> = {
  "nobody without a seat has any right": (moment, soFar) => {
    const seated = eventsOf(soFar).flatMap((event) => (event.type === "seat.assigned" ? [event.structure.seat] : []));
    for (const id of [stranger, ...seats]) if (!seated.includes(id)) hasNoRight(moment, id);
  },

  "a removed seat has no right until it is admitted anew": (moment, soFar) => {
    for (const id of removedIn(soFar)) hasNoRight(moment, id);
  },

  "a meeting that is over takes no command and gives no right": (moment, soFar) => {
    if (!eventsOf(soFar).some(({ type }) => type === "meeting.closed")) return;
    for (const id of seats) hasNoRight(moment, id, { commands: false });
    const overBefore = eventsOf(soFar.slice(0, -1)).some(({ type }) => type === "meeting.closed");
    if (overBefore) assert.ok("refusal" in moment.decision);
  },

  "a closed meeting, a closed epoch and a meeting that is not open never yield a live programme": (
    { after },
    soFar,
  ) => {
    if (!after) return;
    const programme = programmeOf(after);
    if (after.kind !== "public") assert.deepEqual(programme, { kind: "none" });
    if (doorsIn(soFar) === "closed" || after.phase !== "open") assert.notEqual(programme.kind, "live");
    assert.equal(after.epoch.onAir, programme.kind === "live");
  },

  "a meeting that is not public stays in epoch 1 behind closed doors": ({ after }) => {
    if (!after || after.kind === "public") return;
    assert.equal(after.epoch.number, 1);
    assert.equal(after.epoch.doors, "closed");
  },

  "a new epoch begins at every going on air and at every change of doors": ({ before, after }) => {
    if (!before || !after) return;
    const goesOnAir = programmeOf(before).kind !== "live" && programmeOf(after).kind === "live";
    const doorsChange = before.epoch.doors !== after.epoch.doors;
    const due = before.epoch.number + (goesOnAir || doorsChange ? 1 : 0);
    assert.equal(after.epoch.number, due);
  },

  "an epoch that was once off the air never comes on air": ({ after }, soFar) => {
    if (!after?.epoch.onAir) return;
    const same = soFar.filter((moment) => moment.after?.epoch.number === after.epoch.number);
    assert.ok(same.every((moment) => moment.after?.epoch.onAir));
  },

  "behind closed doors are members, those who conduct, and those admitted by name": ({ after }) => {
    if (after?.kind !== "public" || after.epoch.doors === "open") return;
    for (const { id, role } of after.seats)
      if (mayEnter(after, id)) assert.ok(conducts(role) || role === "member" || after.epoch.admitted.includes(id));
  },

  "floor, queue and presence are only with seats that may enter": ({ after }) => {
    if (!after) return;
    const { holder, queue } = after.floor;
    for (const id of holder === null ? queue : [holder, ...queue]) assert.ok(mayEnter(after, id));
    for (const { id, present } of after.seats) if (present) assert.ok(mayEnter(after, id));
    assert.equal(new Set(queue).size, queue.length);
    assert.ok(holder === null || !queue.includes(holder));
  },

  "nobody has the floor unless the meeting is open": ({ after }) => {
    if (after && after.phase !== "open") assert.equal(after.floor.holder, null);
  },

  "an observer publishes nothing, a citizen only with the floor": ({ after }) => {
    for (const { id, role } of after?.seats ?? []) {
      const publishes = (mediaRightsOf(after!, id)?.publish.length ?? 0) > 0;
      if (role === "observer") assert.ok(!publishes);
      if (role === "speaker") assert.equal(publishes, after!.floor.holder === id);
    }
  },

  "whoever does not conduct changes nothing but their own hand and floor": ({ before, actor, events }) => {
    if (!before || actor.kind !== "seat" || conducts(seatOf(before, actor.seat)?.role ?? "observer")) return;
    for (const event of events) {
      assert.ok(event.type === "hand.raised" || event.type === "hand.lowered" || event.type === "floor.taken");
      assert.equal(event.structure.seat, actor.seat);
    }
  },

  "presence is said by the house, and the house says nothing else but of whoever is gone": ({
    actor,
    events,
    after,
  }) => {
    for (const event of events) {
      const isPresence = event.type === "seat.arrived" || event.type === "seat.left";
      if (isPresence) assert.equal(actor.kind, "house");
      if (isPresence || actor.kind !== "house") continue;
      assert.ok(event.type === "hand.lowered" || event.type === "floor.taken");
      assert.equal(seatOf(after!, event.structure.seat)?.present, false);
    }
  },

  "those in the chamber never remove the last one who conducts": ({ actor, events, after }) => {
    if (actor.kind === "office" || !events.some(({ type }) => type === "seat.removed")) return;
    assert.ok(after!.seats.some(({ role, removed }) => conducts(role) && !removed));
  },

  "no two seats have the same name": ({ after }) => {
    const names = (after?.seats ?? []).flatMap(({ name }) => (name === null ? [] : [nameKey(name)]));
    assert.equal(new Set(names).size, names.length);
  },

  "the agenda does not change behind closed doors": ({ before, after }) => {
    if (before?.kind === "public" && before.epoch.doors === "closed") assert.deepEqual(after!.agenda, before.agenda);
  },

  "the item under discussion is on the agenda": ({ after }) => {
    if (after && after.item !== null) assert.ok(after.agenda.some(({ id }) => id === after.item));
  },

  "a refusal changes nothing, says why, and comes the same again": ({ before, decision, events, after }) => {
    if ("events" in decision) return assert.ok(decision.events.length > 0);
    assert.equal(after, before);
    assert.deepEqual(events, []);
    assert.ok(refusalCodes.includes(decision.refusal.code) && decision.refusal.message.length > 0);
  },

  "the version counts the events": ({ after }, soFar) => {
    assert.equal(after?.version ?? 0, eventsOf(soFar).length);
  },

  "every state and every event has its own shape, also by way of JSON": ({ after, events }) => {
    if (after) assert.deepEqual(MeetingState.parse(JSON.parse(JSON.stringify(after))), after);
    for (const event of events) assert.deepEqual(parseEvent(JSON.parse(JSON.stringify(event))), event);
  },

  "server and page fold the same state, from the first event or from any later one": ({ before, events, after }) => {
    assert.deepEqual(fold(events, before), after);
  },
};

for (const [sentence, holds] of Object.entries(always))
  test(sentence, () => {
    const inEveryMeeting = fc.property(story, (steps) => {
      const moments = tell(steps);
      for (const [index, moment] of moments.entries()) holds(moment, moments.slice(0, index + 1));
    });
    fc.assert(inEveryMeeting, { numRuns: 60 });
  });

test("the stories are worth telling: a third of the commands is accepted, every kind of all occurs", (t) => {
  const moments = fc.sample(story, 200).flatMap(tell);
  const refusals = moments.flatMap(({ decision }) => ("refusal" in decision ? [decision.refusal.code] : []));
  const accepted = moments.filter(({ decision }) => "events" in decision).map(({ name }) => name);
  const share = accepted.length / moments.length;
  t.diagnostic(`${moments.length} commands, ${Math.round(100 * share)} % accepted`);
  t.diagnostic(`accepted: ${counted(commandNames, accepted)}`);
  const kinds = eventsOf(moments).map(({ type }) => type);
  t.diagnostic(`events: ${counted(eventTypes, kinds)}`);
  t.diagnostic(`refused: ${counted(refusalCodes, refusals)}`);
  assert.ok(share >= 0.3 && share <= 0.95, "both sides of the rules are tried");
  assert.deepEqual(missing(commandNames, accepted), []);
  assert.deepEqual(missing(eventTypes, kinds), []);
});

/** Nothing to enter, hear or publish, no floor, hand or presence; and a command from there does nothing. */
function hasNoRight({ actor, decision, after }: Moment, id: SeatId, { commands = true } = {}) {
  if (commands && actor.kind === "seat" && actor.seat === id && !removesItself(decision, id))
    assert.ok("refusal" in decision, `${id} has no right and did something`);
  if (!after) return;
  assert.equal(mayEnter(after, id), false);
  assert.equal(mediaRightsOf(after, id), null);
  assert.notEqual(after.floor.holder, id);
  assert.ok(!after.floor.queue.includes(id));
  assert.ok(!seatOf(after, id)?.present);
}

/** The one act that ends with its author removed. */
const removesItself = (decision: Decision, id: SeatId): boolean =>
  "events" in decision && decision.events.some((event) => event.type === "seat.removed" && event.structure.seat === id);

/** From the events alone, not from the state under test. */
function removedIn(moments: readonly Moment[]): Set<SeatId> {
  const removed = new Set<SeatId>();
  for (const event of eventsOf(moments)) {
    if (event.type === "seat.removed") removed.add(event.structure.seat);
    if (event.type === "seat.readmitted") removed.delete(event.structure.seat);
  }
  return removed;
}

const doorsIn = (moments: readonly Moment[]): "closed" | "open" => {
  const last = eventsOf(moments).findLast(({ type }) => type === "doors.closed" || type === "doors.opened");
  return last?.type === "doors.closed" ? "closed" : "open";
};

const counted = (kinds: readonly string[], found: readonly string[]): string =>
  kinds.map((kind) => `${kind} ${found.filter((each) => each === kind).length}`).join(", ");

const missing = (kinds: readonly string[], found: readonly string[]): string[] =>
  kinds.filter((kind) => !found.includes(kind));
