import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { foldersOf } from "./folders.ts";
import { Ledger } from "./ledger.ts";
import { endOf } from "./segment.ts";
import { EgressProcess } from "./testing/egressProcess.ts";
import { MEETING, slateOrder } from "./testing/house.ts";
import { Unreleased } from "./unreleased.ts";

/** Frames come this far behind the clock, with some more on a busy machine, ms. */
const MOST_BEHIND_MS = 2300;
/** An egress that is asked to ends within this, ms, in one of three tries: a busy machine may spend one on something else. */
const SOON_MS = 4000;

const ends = {
  SIGTERM: (egress: EgressProcess) => egress.child.kill("SIGTERM"),
  // The supervisor is gone, and with it whoever read the log.
  "the supervisor's death": (egress: EgressProcess) => {
    egress.child.stderr?.destroy();
    egress.child.disconnect();
  },
};

describe("a stop", { concurrency: true }, () => {
  for (const [what, end] of Object.entries(ends))
    test(`after ${what} it ends soon, keeps what was encoded, and the next one releases it in its time`, async (context) => {
      const times: number[] = [];
      while (times.length < 3 && !times.some((ms) => ms < SOON_MS)) times.push(await stopped(context, end));
      assert.ok(Math.min(...times) < SOON_MS, `it took ${times.join(", ")} ms`);
    });
});

/** Ends an egress in the middle of a segment, lets another go on, and tells how long the end took, ms. */
async function stopped(context: TestContext, end: (egress: EgressProcess) => void): Promise<number> {
  const data = await mkdtemp(join(tmpdir(), "raadhuis-egress-"));
  const folders = foldersOf(data, MEETING);
  let egress: EgressProcess | undefined;
  context.after(async () => {
    await egress?.kill("SIGKILL");
    await rm(join(folders.unreleased, ".."), { recursive: true, force: true });
    await rm(data, { recursive: true });
  });
  const env = {
    RAADHUIS_DATA: data,
    RAADHUIS_LOG: "info",
    LIVEKIT_API_KEY: "key",
    LIVEKIT_API_SECRET: "s".repeat(32),
  };
  const order = slateOrder({ at: Date.now(), delayMs: 4000 });
  const stored = join(folders.unreleased, "1.json");

  egress = await EgressProcess.start(MEETING, env);
  await egress.order(order);
  while (!existsSync(stored)) await wait(20);
  // In the middle of the next segment, which would be lost.
  const begun = endOf((await Unreleased.open(folders.unreleased)).segments.at(-1)!);
  while (Date.now() < begun + 2700) await wait(20);
  const asked = Date.now();
  end(egress);
  await egress.exit();
  const took = Date.now() - asked;
  const kept = (await Unreleased.open(folders.unreleased)).segments;
  const last = kept.at(-1)!;
  const lost = asked - endOf(last);
  assert.ok(lost < MOST_BEHIND_MS, `the last frame kept is ${lost} ms older than the end`);

  egress = await EgressProcess.start(MEETING, env);
  // No order: the server is away, the last one is known.
  const released = join(folders.public, `${last.number + 1}.m4s`);
  while (!existsSync(released)) {
    const { segments } = await Ledger.open(folders.ledger);
    const newest = segments.at(-1);
    assert.ok(!newest || Date.now() - endOf(newest) >= order.delayMs - 40, "released before its time");
    await wait(50);
  }
  const { segments } = await Ledger.open(folders.ledger);
  for (const [index, each] of segments.entries()) {
    assert.equal(each.number, index);
    if (index > 0) assert.ok(Math.abs(endOf(segments[index - 1]!) - each.at) < 1, `a gap before ${each.number}`);
  }
  for (const each of kept)
    assert.equal((await readFile(join(folders.public, `${each.number}.m4s`))).length, each.bytes);
  return took;
}
