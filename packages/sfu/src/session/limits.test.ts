import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Bucket } from "./limits.ts";
import { Visitors } from "./visitors.ts";

describe("a rate", () => {
  it("lets so many through at once, then so many a second, and never more at once", () => {
    let now = 0;
    const bucket = new Bucket({ burst: 3, perSecond: 2 }, () => now);
    assert.deepEqual([bucket.take(), bucket.take(), bucket.take(), bucket.take()], [true, true, true, false]);
    now = 500;
    assert.deepEqual([bucket.take(), bucket.take()], [true, false]);
    now = 60_000;
    assert.deepEqual([bucket.take(3), bucket.take()], [true, false]);
  });

  it("takes nothing for what it refuses, and fills by no clock that runs backwards", () => {
    let now = 10_000;
    const bucket = new Bucket({ burst: 3, perSecond: 1 }, () => now);
    assert.equal(bucket.take(4), false);
    assert.equal(bucket.take(3), true);
    now = 0;
    assert.equal(bucket.take(), false);
    now = 1000;
    assert.equal(bucket.take(), true);
  });

  it("that was spent beyond what was there fills again before anything is left", () => {
    let now = 0;
    const bucket = new Bucket({ burst: 100, perSecond: 10 }, () => now);
    bucket.spend(150);
    assert.deepEqual([bucket.left, bucket.msUntilSome], [-50, 5_001]);
    now = 5_001;
    assert.ok(bucket.left > 0);
    assert.equal(bucket.msUntilSome, 0);
    assert.ok(!bucket.isFull);
  });
});

describe("the rates of a person", () => {
  it("are the same when they leave and come in again at once", () => {
    const visitors = new Visitors();
    const limits = visitors.limitsOf("anna");
    while (limits.allow("sync"));
    visitors.left(new Set());
    assert.equal(visitors.limitsOf("anna").allow("sync"), false);
    assert.equal(visitors.limitsOf("bert").allow("sync"), true);
  });

  it("remember what their descriptions took, also when they leave at once", () => {
    const visitors = new Visitors();
    visitors.limitsOf("anna").descriptionTime.spend(10_000);
    visitors.left(new Set());
    assert.ok(visitors.limitsOf("anna").descriptionTime.left < 0);
  });

  it("are forgotten once there is nothing to remember", () => {
    const visitors = new Visitors();
    const limits = visitors.limitsOf("anna");
    visitors.left(new Set(["anna"]));
    assert.equal(visitors.limitsOf("anna"), limits);
    visitors.left(new Set());
    assert.notEqual(visitors.limitsOf("anna"), limits);
  });
});
