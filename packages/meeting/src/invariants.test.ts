import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { invariants as agenda } from "./agenda/invariants.ts";
import { chapters } from "./chapters.ts";
import { invariants as course } from "./course/invariants.ts";
import { invariants as doors } from "./doors/invariants.ts";
import { invariants as floor } from "./floor/invariants.ts";
import { commandNames, eventTypes, fold, MeetingState, parseEvent, refusalCodes } from "./index.ts";
import { invariants as seats } from "./seats/invariants.ts";
import { shapes } from "./shapes.ts";
import { invariants as slates } from "./slates/invariants.ts";
import { eventsOf, type Invariants, type Moment } from "./testing/moment.ts";
import { occupancy } from "./testing/occupancy.ts";
import { story, tell } from "./testing/story.ts";

/** Of all chapters together. */
const rules: Invariants = {
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

const always: { [N in keyof typeof shapes]: Invariants } = { course, doors, seats, agenda, floor, slates };

const seed = Math.floor(Math.random() * 2 ** 31);
const runs = { numRuns: 200, seed };
/** Told once for all sentences: telling is what takes time. */
const told = fc.sample(story, runs).map(tell);

for (const [sentence, holds] of [rules, occupancy, ...Object.values(always)].flatMap((each) => Object.entries(each)))
  test(sentence, () => {
    const holdsIn = (moments: readonly Moment[]) => {
      for (const [index, moment] of moments.entries()) holds(moment, moments.slice(0, index + 1));
    };
    try {
      for (const moments of told) holdsIn(moments);
    } catch (error) {
      // The same stories again: it is shown by the shortest one that can be found.
      fc.assert(
        fc.property(story, (steps) => holdsIn(tell(steps))),
        runs,
      );
      throw error;
    }
  });

const moments = told.flat();
const accepted = moments.filter(({ decision }) => "events" in decision).map(({ name }) => name);
const happened = eventsOf(moments).map(({ type }) => type);

test("the stories are worth telling: a third of the commands is accepted, and both sides of the rules are tried", (t) => {
  const refusals = moments.flatMap(({ decision }) => ("refusal" in decision ? [decision.refusal.code] : []));
  const share = accepted.length / moments.length;
  t.diagnostic(`${moments.length} commands, ${Math.round(100 * share)} % accepted`);
  t.diagnostic(`accepted: ${counted(commandNames, accepted)}`);
  t.diagnostic(`events: ${counted(eventTypes, happened)}`);
  t.diagnostic(`refused: ${counted(refusalCodes, refusals)}`);
  assert.ok(share >= 0.3 && share <= 0.95);
});

for (const [name, { commands }] of Object.entries(chapters))
  test(`${name}: each of its commands is accepted in some story, and each of its events happens`, () => {
    const names = commands.map((rule): string => rule.name);
    assert.deepEqual(
      names.filter((command) => !accepted.some((other) => other === command)),
      [],
    );
    const events = Object.keys(shapes[name as keyof typeof shapes].events);
    assert.deepEqual(
      events.filter((type) => !happened.some((other) => other === type)),
      [],
    );
  });

const counted = (kinds: readonly string[], found: readonly string[]): string =>
  kinds.map((kind) => `${kind} ${found.filter((each) => each === kind).length}`).join(", ");
