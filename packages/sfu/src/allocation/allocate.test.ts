import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { allocate, type Room, unlimited, type Wanted } from "./allocate.ts";

const rising = fc
  .array(fc.integer({ min: 30, max: 900 }), { minLength: 0, maxLength: 5 })
  .map((steps) => steps.map((_, last) => steps.slice(0, last + 1).reduce((sum, step) => sum + step, 0)));
const wantedTracks = fc.array(
  fc.record({ rank: fc.integer({ min: 0, max: 3 }), bitrates: rising, now: fc.integer({ min: -1, max: 4 }) }),
  { maxLength: 12 },
);
const strict = (budget: number): Room => ({ keep: budget, raise: budget, spareLowest: false });
const three = (rank: number, now = -1): Wanted => ({ rank, bitrates: [150, 500, 1500], now });

describe("sharing a path", () => {
  it("gives everybody the best when there is no limit", () => {
    fc.assert(
      fc.property(wantedTracks, (wanted) => {
        const { levels, spent, full } = allocate(wanted, unlimited);
        assert.deepEqual(
          levels,
          wanted.map(({ bitrates }) => bitrates.length - 1),
        );
        assert.equal(spent, full);
      }),
    );
  });

  it("never spends more than there is", () => {
    fc.assert(
      fc.property(wantedTracks, fc.integer({ min: 0, max: 5000 }), (wanted, budget) => {
        const { levels, spent } = allocate(wanted, strict(budget));
        assert.ok(spent <= budget);
        assert.equal(
          spent,
          levels.reduce((sum, level, index) => sum + (wanted[index]?.bitrates[level] ?? 0), 0),
        );
      }),
    );
  });

  it("raises nobody as long as somebody's lowest quality could be sent instead", () => {
    fc.assert(
      fc.property(wantedTracks, fc.integer({ min: 0, max: 5000 }), (wanted, budget) => {
        const { levels } = allocate(wanted, strict(budget));
        const lowest = wanted.map(({ bitrates }, index) => (levels[index] === -1 ? 0 : (bitrates[0] ?? 0)));
        const sum = lowest.reduce((all, one) => all + one, 0);
        for (const [index, { bitrates }] of wanted.entries())
          if (levels[index] === -1 && bitrates[0] !== undefined) assert.ok(sum + bitrates[0] > budget);
      }),
    );
  });

  it("treats those of one rank alike, and a higher rank no worse", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 20_000 }),
        (ranks, budget) => {
          const { levels } = allocate(
            ranks.map((rank) => three(rank)),
            strict(budget),
          );
          for (const [one, rank] of ranks.entries())
            for (const [other, otherRank] of ranks.entries()) {
              const [mine = -1, theirs = -1] = [levels[one], levels[other]];
              if (rank === otherRank) assert.ok(Math.abs(mine - theirs) <= 1);
              if (rank > otherRank) assert.ok(mine >= theirs);
            }
        },
      ),
    );
  });

  it("does not flap: its own answer stands, also with less room as long as it fits", () => {
    fc.assert(
      fc.property(
        wantedTracks,
        fc.integer({ min: 0, max: 5000 }),
        fc.float({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        (wanted, raise, share, spareLowest) => {
          const room = { keep: raise * 1.2, raise, spareLowest };
          const first = allocate(wanted, room);
          const settled = wanted.map((track, index) => ({ ...track, now: first.levels[index] ?? -1 }));
          assert.deepEqual(allocate(settled, room).levels, first.levels);
          const keep = first.spent + (room.keep - first.spent) * share;
          if (keep < first.spent) return;
          const less = { keep, raise: Math.min(raise, keep), spareLowest };
          assert.deepEqual(allocate(settled, less).levels, first.levels);
        },
      ),
    );
  });

  it("keeps everybody's lowest quality where it is told to, though it does not fit", () => {
    const wanted = [three(0), three(0), three(0)];
    assert.deepEqual(allocate(wanted, { ...strict(200), spareLowest: true }).levels, [0, 0, 0]);
    assert.deepEqual(allocate(wanted, strict(200)).levels, [0, -1, -1]);
  });

  it("lets the screen grow before the cameras, once each camera is seen", () => {
    const wanted = [three(1), three(3), three(2)];
    assert.deepEqual(allocate(wanted, strict(450)).levels, [0, 0, 0]);
    assert.deepEqual(allocate(wanted, strict(1800)).levels, [0, 2, 0]);
    assert.deepEqual(allocate(wanted, strict(2150)).levels, [0, 2, 1]);
  });

  it("tells what the next raise would need", () => {
    assert.equal(allocate([three(0), three(0)], strict(700)).next, 1000);
    assert.equal(allocate([three(0)], strict(5000)).next, 1500);
  });
});
