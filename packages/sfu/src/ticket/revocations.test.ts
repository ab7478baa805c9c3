import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import { type Revocation, Revocations } from "./revocations.ts";
import { joinTicketOf, type Ticket } from "./ticket.ts";

function ticket(room: string, sub: string, nbf: number): Ticket {
  const video = {
    ...{ room, destinationRoom: "", roomJoin: true, roomCreate: false, roomList: false, roomAdmin: false },
    ...{ canPublishSources: [], canUpdateOwnMetadata: false, hidden: false, recorder: false },
  };
  const made = joinTicketOf({ sub, name: "", metadata: "", attributes: {}, nbf, exp: nbf + 60, video });
  assert.ok(made);
  return made;
}

describe("tickets that were taken back", () => {
  it("are those of a room, or of one person in it, from before that time", () => {
    const revocations = new Revocations();
    revocations.takeBack(100, "council");
    revocations.takeBack(200, "other", "anna");
    assert.ok(revocations.covers(ticket("council", "bert", 99)));
    assert.ok(!revocations.covers(ticket("council", "bert", 100)));
    assert.ok(revocations.covers(ticket("other", "anna", 199)));
    assert.ok(!revocations.covers(ticket("other", "bert", 1)));
  });

  it("are never confused by names", () => {
    const revocations = new Revocations();
    revocations.takeBack(100, 'a","b');
    assert.ok(!revocations.covers(ticket("a", "b", 1)));
  });

  it("stay dead when an earlier time is named later, here or by another process", () => {
    const revocations = new Revocations();
    revocations.takeBack(200, "council", "anna");
    const earlier = revocations.takeBack(100, "council", "anna");
    revocations.learn([earlier]);
    assert.ok(revocations.covers(ticket("council", "anna", 150)));
  });

  it("are known to another process that was told all of them", () => {
    const told = new Revocations();
    const taken: Revocation = told.takeBack(100, "council");
    const other = new Revocations();
    other.learn(told.list());
    assert.deepEqual(other.list(), [taken]);
    assert.ok(other.covers(ticket("council", "anna", 99)));
  });

  it("are remembered for longer than any ticket lasts, and not for ever", () => {
    mock.timers.enable({ apis: ["Date"] });
    try {
      const revocations = new Revocations();
      revocations.takeBack(100, "council");
      mock.timers.tick(23 * 3600 * 1000);
      assert.equal(revocations.list().length, 1);
      mock.timers.tick(2 * 3600 * 1000);
      revocations.takeBack(100, "other");
      assert.deepEqual(
        revocations.list().map(({ key }) => key),
        ['["other"]'],
      );
    } finally {
      mock.timers.reset();
    }
  });
});
