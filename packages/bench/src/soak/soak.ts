import { setTimeout as sleep } from "node:timers/promises";
import { RoomServiceClient } from "livekit-server-sdk";
import { freePort } from "../forward/ports.ts";
import { openFiles, residentMb } from "../forward/process.ts";
import { apiKey, type Subject, startRaadhuis, ticket } from "../forward/subjects.ts";
import { Worker } from "../load/workers.ts";
import { type Row, rowOf } from "../result.ts";
import { allowedBytesPerVisit, type Growth, growthOf, type Held } from "./growth.ts";

const ip = "127.0.0.1";

export interface SoakPlan {
  visits: number;
  /** Before the first look: memory is taken for the first time, and code compiled. */
  warmUp: number;
  /** Visits between two looks. */
  window: number;
  /** Visitors at the same time. */
  atOnce: number;
  log(line: string): void;
}

/**
 * 10,000 joins and leaves: `npm run bench soak`. Fails when the media server's memory or open files grow with them. BENCH_VISITS
 * asks for another number.
 */
export async function soak(): Promise<Row[]> {
  const visits = Number(process.env.BENCH_VISITS ?? 10_000);
  const { looks, growth } = await soakOf({
    visits,
    warmUp: Math.min(1000, visits / 4),
    window: Math.max(50, Math.round(visits / 40)),
    atOnce: 12,
    log: (line) => console.error(line),
  });
  if (growth.problems.length > 0) throw new Error(growth.problems.join(" "));
  const row = { subject: "raadhuis", case: `${visits} joins and leaves` };
  return [
    rowOf(
      { ...row, metric: "rss_mb", unit: "MiB" },
      looks.map((look) => look.residentMb),
    ),
    rowOf(
      { ...row, metric: "open_files", unit: "1" },
      looks.map((look) => look.files),
    ),
    rowOf({ ...row, metric: "growth_bytes_per_visit", unit: "bytes" }, [growth.bytesPerVisit]),
    rowOf({ ...row, metric: "allowed_bytes_per_visit", unit: "bytes" }, [allowedBytesPerVisit]),
  ];
}

export async function soakOf(plan: SoakPlan): Promise<{ looks: Held[]; growth: Growth }> {
  const server = await startRaadhuis(await freePort(), ip);
  const hosts = new Worker();
  let visitors = new Worker();
  const looks: Held[] = [];
  try {
    for (const [index, room] of rooms.entries())
      await hosts.tell({
        do: "livekit",
        cipher: "gcm",
        url: server.url,
        address: ip,
        token: await ticket(room),
        // Pictures in one room only: it is coming and going that is tried here.
        publish: { audio: true, video: index === 0 },
        receive: { audio: 0, video: 0 },
      });
    for (let done = 0; done < plan.visits; ) {
      const next = Math.min(plan.window, plan.visits - done);
      // Those who go without a word are waited for; not each time.
      const mayBeSilent = Math.round(done / plan.window) % 4 === 0;
      await visitMany(visitors, server, next, plan.atOnce, mayBeSilent);
      done += next;
      await everybodyLeft(server);
      const look = { visits: done, residentMb: residentMb(server.pid), files: openFiles(server.pid) };
      plan.log(`${done} visits: ${look.residentMb.toFixed(1)} MiB, ${look.files} files`);
      if (done >= plan.warmUp) looks.push(look);
      // The clients' own memory is not what is measured.
      await visitors.end();
      visitors = new Worker();
    }
    return { looks, growth: growthOf(looks) };
  } finally {
    await Promise.all([hosts.end(), visitors.end()]);
    await server.stop();
  }
}

const rooms = ["soak-1", "soak-2", "soak-3", "soak-4"];

/** `rooms` have somebody in them; every eighth visit is to a room of its own, which is made and ended by it. */
async function visitMany(
  worker: Worker,
  server: Subject & { url: string },
  count: number,
  atOnce: number,
  mayBeSilent: boolean,
): Promise<void> {
  let begun = 0;
  let failures = 0;
  const visit = async (index: number) => {
    const isAlone = index % 8 === 7;
    const publishes = index % 5 === 0;
    await worker.tell({
      do: "visit",
      cipher: index % 10 === 0 ? "cm" : "gcm",
      url: server.url,
      address: ip,
      token: await ticket(isAlone ? `soak-alone-${index % 50}` : rooms[index % rooms.length]),
      publish: { audio: publishes, video: publishes && index % 10 === 0 },
      receive: { audio: 2, video: 1 },
      stays: isAlone || index % 3 === 0 ? "answered" : "receiving",
      leaves: mayBeSilent && index % 10 === 0 ? "silently" : "goodbye",
    });
  };
  const visitor = async () => {
    while (begun < count) {
      const index = begun++;
      // Now and then libdatachannel takes no answer ("remote candidate without ICE transport"): that visit counts, and is not looked at further.
      await visit(index).catch(() => failures++);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, visitor));
  if (failures > Math.max(2, count / 20)) throw new Error(`${failures} of ${count} visits failed.`);
}

/** Those who went without a word are kept for half a minute. */
async function everybodyLeft(server: Subject & { url: string }): Promise<void> {
  const api = new RoomServiceClient(server.url.replace("ws", "http"), apiKey.key, apiKey.secret);
  const until = Date.now() + 60_000;
  for (;;) {
    const present = await Promise.all(rooms.map((room) => api.listParticipants(room)));
    if (present.flat().length === rooms.length) break;
    if (Date.now() > until) throw new Error(`${present.flat().length} are still there after a minute.`);
    await sleep(500);
  }
}
