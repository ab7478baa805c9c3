import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { z } from "zod";
import { freePort } from "../forward/ports.ts";
import { openFiles, residentMb } from "../forward/process.ts";
import { startRaadhuis } from "../forward/subjects.ts";
import { Worker } from "../load/workers.ts";
import { type Row, rowOf } from "../result.ts";
import { soakBroadcast } from "./broadcast.ts";
import { type Allowed, allowed, type Growth, growthOf, type Held } from "./growth.ts";
import { idleSubscribers } from "./idle.ts";
import { question } from "./question.ts";
import { everybodyLeft, ip, openRooms, visitMany } from "./visits.ts";

export interface SoakPlan {
  visits: number;
  /** Before the first look: memory is taken for the first time, and code compiled. */
  warmUp: number;
  /** Visits between two looks. */
  window: number;
  /** Visitors at the same time. */
  atOnce: number;
  /** In each so manyth window some leave without a word, and are waited for; 0: in none. */
  silentEvery: number;
  /** As in `growth.ts`, unless it says otherwise. */
  may?: Allowed;
  log(line: string): void;
}

/**
 * 10,000 joins and leaves: `npm run bench soak`. Fails when the media server's memory or open files grow with them. BENCH_VISITS
 * asks for another number. Then a broadcast of an hour, of which the same is asked; BENCH_BROADCAST_SECONDS for another length.
 */
export async function soak(): Promise<Row[]> {
  const visits = Number(process.env.BENCH_VISITS ?? 10_000);
  const log = (line: string) => console.error(line);
  const { looks, growth } = await soakOf({
    visits,
    warmUp: Math.min(3000, visits / 4),
    window: Math.max(50, Math.round(visits / 20)),
    atOnce: 8,
    silentEvery: 8,
    log,
  });
  if (growth.problems.length > 0) throw new Error(growth.problems.join(" "));
  const row = { subject: "raadhuis", case: `${visits} joins and leaves` };
  const looked = (metric: string, unit: string, of: (look: Held) => number) =>
    rowOf({ ...row, metric, unit }, looks.map(of));
  const one = (metric: string, value: number) => rowOf({ ...row, metric, unit: "bytes" }, [value]);
  return [
    looked("rss_mb", "MiB", (look) => look.residentMb),
    looked("heap_mb", "MiB", (look) => look.heapMb),
    looked("open_files", "1", (look) => look.files),
    one("growth_bytes_per_visit", growth.bytesPerVisit),
    one("heap_growth_bytes_per_visit", growth.heapBytesPerVisit),
    one("allowed_bytes_per_visit", allowed.bytesPerVisit),
    ...(await idleSubscribers(log)),
    ...(await soakBroadcast(Number(process.env.BENCH_BROADCAST_SECONDS ?? 3600), log)),
  ];
}

export async function soakOf(plan: SoakPlan): Promise<{ looks: Held[]; growth: Growth }> {
  const server = await startRaadhuis(await freePort(), ip, [
    "--expose-gc",
    `--import=${join(import.meta.dirname, "heap.ts")}`,
  ]);
  const hosts = new Worker();
  let visitors = new Worker();
  const looks: Held[] = [];
  try {
    await openRooms(hosts, server.url);
    for (let done = 0, round = 0; done < plan.visits; round++) {
      const count = Math.min(plan.window, plan.visits - done);
      const silently = plan.silentEvery > 0 && round % plan.silentEvery === 0;
      await visitMany(visitors, server.url, { count, atOnce: plan.atOnce, silently });
      done += count;
      await everybodyLeft(server.url);
      // The clients' own memory is not what is measured.
      await visitors.end();
      visitors = new Worker();
      const heapMb = await heapMbOf(server.child);
      const look = { visits: done, heapMb, residentMb: residentMb(server.pid), files: openFiles(server.pid) };
      plan.log(
        `${done} visits: ${look.residentMb.toFixed(1)} MiB, ${look.heapMb.toFixed(1)} of them JavaScript's, ${look.files} files`,
      );
      if (done >= plan.warmUp) looks.push(look);
    }
    return { looks, growth: growthOf(looks, plan.may) };
  } finally {
    await Promise.all([hosts.end(), visitors.end()]);
    await server.stop();
  }
}

const Answer = z.object({ heapBytes: z.number() });

/** What JavaScript's heap holds that is still referred to; what is not is freed first, the engine's part too. */
async function heapMbOf(child: ChildProcess): Promise<number> {
  child.send(question);
  const [answer] = await once(child, "message");
  return Answer.parse(answer).heapBytes / 2 ** 20;
}
