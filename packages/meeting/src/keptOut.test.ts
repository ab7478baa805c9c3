import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  evolve,
  type KeptOut,
  keptOutAfter,
  type MeetingState,
  mayEnter,
  nobodyKeptOut,
  sawAllSince,
} from "./index.ts";
import { eventsOf, seats } from "./testing/moment.ts";
import { story, tell } from "./testing/story.ts";

test("a seat saw all since an event where it could be in after that one and after each one since", () => {
  let [seen, kept] = [0, 0];
  const inEveryMeeting = fc.property(story, (steps) => {
    let state: MeetingState | undefined;
    let keptOut: KeptOut = nobodyKeptOut;
    const states: MeetingState[] = [];
    for (const event of eventsOf(tell(steps))) {
      state = evolve(state, event);
      states.push(state);
      keptOut = keptOutAfter(keptOut, event, state);
    }
    for (const seat of seats) {
      // Nothing was sent to a seat before there was one.
      const first = states.findIndex((state) => state.seats.some(({ id }) => id === seat));
      if (first < 0) continue;
      for (let version = first + 1; version <= states.length; version++) {
        const wasLetIn = states.slice(version - 1).every((state) => mayEnter(state, seat));
        assert.equal(sawAllSince(keptOut, seat, version), wasLetIn, `${seat} since ${version} of ${states.length}`);
        if (wasLetIn) seen++;
        else kept++;
      }
    }
  });
  fc.assert(inEveryMeeting, { numRuns: 100 });
  assert.ok(seen > 500 && kept > 500, `${seen} saw all, ${kept} did not`);
});
