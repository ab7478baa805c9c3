import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "../forward/ports.ts";
import { cpuSeconds, residentMb } from "../forward/process.ts";
import { startRaadhuis, ticket } from "../forward/subjects.ts";
import { Worker } from "../load/workers.ts";
import { type Row, rowOf } from "../result.ts";
import { ip } from "./visits.ts";

const subscribers = 100;
/** How long it is looked at what nothing costs, s. */
const lookedAt = 10;

/** What somebody costs to whom nothing is sent: subscribed to a microphone and a camera, from which nothing comes. */
export async function idleSubscribers(log: (line: string) => void): Promise<Row[]> {
  const server = await startRaadhuis(await freePort(), ip);
  const worker = new Worker();
  const join = async (publishes: boolean) =>
    worker.tell({
      do: "livekit",
      cipher: "gcm",
      url: server.url,
      address: ip,
      token: await ticket("idle"),
      publish: { audio: publishes, video: publishes },
      silent: true,
      receive: publishes ? { audio: 0, video: 0 } : { audio: 1, video: 1 },
    });
  try {
    await join(true);
    await join(false);
    await sleep(2000);
    const before = residentMb(server.pid);
    for (let n = 1; n < subscribers; n++) await join(false);
    // The last ones' handshakes.
    await sleep(4000);
    const cpu = cpuSeconds(server.pid);
    await sleep(lookedAt * 1000);
    const spent = ((cpuSeconds(server.pid) - cpu) * 1e6) / lookedAt / subscribers;
    const each = (residentMb(server.pid) - before) / (subscribers - 1);
    log(`${subscribers} idle subscribers: ${each.toFixed(2)} MiB and ${spent.toFixed(0)} us a second each`);
    const row = { subject: "raadhuis", case: `${subscribers} idle subscribers` };
    return [
      rowOf({ ...row, metric: "rss_mb_per_subscriber", unit: "MiB" }, [each]),
      rowOf({ ...row, metric: "cpu_us_per_second", unit: "us" }, [spent]),
    ];
  } finally {
    await worker.end();
    await server.stop();
  }
}
