import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { type Candidate, chooseCarrier } from "./choose.ts";

const candidate = fc.record({
  load: fc.record({ cpu: fc.double({ min: 0, max: 8, noNaN: true }), people: fc.nat(500), rooms: fc.nat(50) }),
  fresh: fc.nat(10),
});
const idle = (): Candidate => ({ load: { cpu: 0, people: 0, rooms: 0 }, fresh: 0 });

describe("which process takes a new room", () => {
  it("is none where there is none, and else one of them", () => {
    assert.equal(chooseCarrier([]), null);
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1, maxLength: 9 }), (all) => {
        assert.ok(all[chooseCarrier(all) ?? -1]);
      }),
    );
  });

  it("is never one that has more of everything than another", () =>
    fc.assert(
      fc.property(fc.array(candidate, { minLength: 1, maxLength: 9 }), (all) => {
        const chosen = all[chooseCarrier(all) ?? -1];
        assert.ok(chosen);
        for (const other of all)
          assert.ok(
            !(
              other.load.cpu < chosen.load.cpu &&
              other.load.people < chosen.load.people &&
              other.load.rooms < chosen.load.rooms &&
              other.fresh < chosen.fresh
            ),
          );
      }),
    ));

  it("spreads rooms that come at once, before any of them shows in the load", () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.nat(60), (count, rooms) => {
        const all = Array.from({ length: count }, idle);
        for (let room = 0; room < rooms; room++) {
          const chosen = all[chooseCarrier(all) ?? -1];
          assert.ok(chosen);
          chosen.fresh += 1;
        }
        const given = all.map(({ fresh }) => fresh);
        assert.ok(Math.max(...given) - Math.min(...given) <= 1);
      }),
    ));

  it("looks at what people take and not only at how many rooms there are", () => {
    const council = { load: { cpu: 0.8, people: 60, rooms: 1 }, fresh: 0 };
    const calls = { load: { cpu: 0.1, people: 6, rooms: 3 }, fresh: 0 };
    assert.equal(chooseCarrier([council, calls]), 1);
    const arriving = { load: { cpu: 0, people: 60, rooms: 1 }, fresh: 0 };
    assert.equal(chooseCarrier([arriving, calls]), 1);
  });
});
