import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type LongMeeting, writeLongMeeting } from "@raadhuis/server/testing/longMeeting.ts";
import { startHouse } from "@raadhuis/tests/lib/house.ts";
import { cpuSeconds } from "../forward/process.ts";
import { percentile, type Row, rowOf } from "../result.ts";
import { fanOutToCrowd } from "./crowd.ts";
import { Page } from "./pages.ts";
import { measureRules } from "./rules.ts";

const PAGES = 300;
const EVENTS = 10_000;
const ROUNDS = 5;
/** Sixteen pages of each seat are 5,008. */
const CROWD = { seats: 313, events: 2_000 };
/** Longer than a page that is gone is waited for, and those who come together. */
const SETTLED_MS = 14_000;

/**
 * What the record costs: folding it, a command on it, one event to all pages, and everybody coming back at once. Of the
 * server it is processor time of its process, with the arrivals that follow and their way to all pages.
 */
export async function record(log: (line: string) => void = console.log): Promise<Row[]> {
  const rows = measureRules(log);
  await inMeeting({ seats: PAGES, events: EVENTS }, async ({ meeting, seats }, { url, server }) => {
    const pages: Page[] = [];
    for (const seat of seats) pages.push(await Page.redeem(url, meeting, seat));
    await Promise.all(pages.map((page) => page.come()));
    await sleep(SETTLED_MS);
    rows.push(await fanOut(pages.slice(0, 200), log), await returns(pages, server, log));
  });
  await inMeeting(CROWD, async (long, { url }) => {
    rows.push(await fanOutToCrowd(url, long, log));
  });
  return rows;
}

/** In a house of its own with one such meeting. `server`: the number of its process. */
async function inMeeting(
  size: { seats: number; events: number },
  measure: (long: LongMeeting, house: { url: string; server: number }) => Promise<void>,
): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), "raadhuis-bench-"));
  try {
    const long = await writeLongMeeting(data, size);
    const house = await startHouse({ data });
    try {
      await measure(long, { url: new URL(house.ready.home).origin, server: await house.pidOf("server") });
    } finally {
      await house.stop();
    }
  } finally {
    await rm(data, { recursive: true, force: true });
  }
}

/** From the command to each page, p95 of all pages, for each event. */
async function fanOut(pages: readonly Page[], log: (line: string) => void): Promise<Row> {
  const samples: number[] = [];
  for (let n = 0; n < 40; n++) {
    for (const page of pages) page.heardAt.length = 0;
    const at = performance.now();
    pages[1 + (n % (pages.length - 1))]?.command({ type: "raiseHand" });
    for (const end = at + 10_000; pages.some(({ heardAt }) => heardAt.length === 0); await sleep(1))
      if (performance.now() > end) throw new Error("An event did not reach all pages within ten seconds.");
    samples.push(
      percentile(
        pages.map(({ heardAt }) => (heardAt[0] ?? 0) - at),
        0.95,
      ),
    );
  }
  const row = rowOf({ subject: "raadhuis", case: "one event to 200 pages", metric: "fanout_p95", unit: "ms" }, samples);
  log(`${row.metric}: ${row.median} ms (${row.min} to ${row.max})`);
  return row;
}

/** All lines are lost and everybody is back at once, before and after the time that they are waited for. */
async function returns(pages: readonly Page[], server: number, log: (line: string) => void): Promise<Row> {
  const samples: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const page of pages) page.drop();
    // Longer than they are waited for: all of them have left, and arrive again.
    await sleep(SETTLED_MS);
    const before = cpuSeconds(server);
    await Promise.all(pages.map((page) => page.come()));
    await sleep(3_000);
    samples.push(cpuSeconds(server) - before);
  }
  const what = `${PAGES} pages back in a meeting of ${EVENTS} events`;
  const row = rowOf({ subject: "raadhuis", case: what, metric: "return_cpu", unit: "s" }, samples);
  log(`${row.metric}: ${row.median} s (${row.min} to ${row.max})`);
  return row;
}
