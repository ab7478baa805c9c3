import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { until } from "../../contract/kit/wait.ts";
import { Intake } from "./intake.ts";

function intake(recipients = 1) {
  const dealt: string[] = [];
  let held = 0;
  const created = new Intake({
    deal: (kind, data) => {
      dealt.push(`${kind} ${data.readUInt32BE(0)}`);
      return recipients;
    },
    hold: (bytes) => {
      held = bytes;
    },
  });
  return { intake: created, dealt, held: () => held };
}

function message(number: number, size = 4): Buffer {
  const data = Buffer.alloc(size);
  data.writeUInt32BE(number, 0);
  return data;
}

describe("one participant's messages", () => {
  it("wait in order when there are too many, and hold their sender back", async () => {
    const { intake: one, dealt, held } = intake();
    for (let number = 0; number < 1500; number++) one.take("reliable", message(number));
    assert.ok(dealt.length >= 1200 && dealt.length < 1300, `${dealt.length} at once`);
    assert.ok(held() > 0);
    await until("all are dealt with", () => dealt.length === 1500);
    assert.deepEqual(
      dealt,
      Array.from({ length: 1500 }, (_, number) => `reliable ${number}`),
    );
    assert.equal(held(), 0);
    one.stop();
  });

  it("that are lossy are dropped when there are too many", () => {
    const { intake: one, dealt, held } = intake();
    for (let number = 0; number < 3000; number++) one.take("lossy", message(number));
    assert.ok(dealt.length >= 1200 && dealt.length < 1400, `${dealt.length} at once`);
    assert.equal(held(), 0);
  });

  it("weigh as much as they are long and as there are people who get them", () => {
    const long = intake();
    for (let number = 0; number < 100; number++) long.intake.take("lossy", message(number, 60_000));
    assert.ok(long.dealt.length >= 17 && long.dealt.length < 30, `${long.dealt.length} of 60 kB`);
    const crowd = intake(100);
    for (let number = 0; number < 1000; number++) crowd.intake.take("lossy", message(number));
    assert.ok(crowd.dealt.length >= 120 && crowd.dealt.length < 150, `${crowd.dealt.length} to a hundred`);
  });

  it("are forgotten when it stops", () => {
    const { intake: one, dealt } = intake();
    for (let number = 0; number < 1300; number++) one.take("reliable", message(number));
    const { length } = dealt;
    one.stop();
    one.take("reliable", message(9999));
    assert.equal(dealt.length, length);
  });
});
