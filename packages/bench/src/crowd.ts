import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { address, inOwnNetwork } from "./forward/network.ts";
import { cpuSeconds, residentMb } from "./forward/process.ts";
import { startRaadhuis, ticket } from "./forward/subjects.ts";
import { preparedMedia } from "./load/media.ts";
import { Worker } from "./load/workers.ts";
import { type Outcome, rowOf } from "./result.ts";

const people = Number(process.env.BENCH_PEOPLE ?? 100);
const cameras = 12;
/** Who speaks at once; the other microphones are open, and silent. */
const speakers = 3;
/** Pictures that each one shows, as small as in a gallery view: 180p at 150 kbit/s. */
const visible = 9;
const windows = 5;
const windowSeconds = 4;
const settleSeconds = 6;
const receiveWithinSeconds = 30;
/** Above that it is the machine that was measured, and not the media server. */
const lossAllowed = 1;

/** 12 cameras and 100 people in one room: what it costs the media server, and whether all get what they show. */
export async function crowd(): Promise<Outcome> {
  inOwnNetwork();
  preparedMedia("small");
  const server = await startRaadhuis();
  const workers = Array.from({ length: 4 }, () => new Worker());
  const publishers = new Worker();
  const all = [publishers, ...workers];
  const join = async (worker: Worker, publishes: boolean, speaks: boolean) =>
    worker.tell({
      do: "livekit",
      cipher: "gcm",
      url: server.url,
      address,
      token: await ticket("crowd"),
      publish: { audio: publishes, video: publishes },
      picture: "small",
      speaks,
      receive: { audio: cameras, video: visible },
      contented: true,
    });
  const look = async () => {
    const counts = (await Promise.all(all.map((worker) => worker.counts()))).flat();
    const sum = (of: "packets" | "expected" | "streams") => counts.reduce((total, count) => total + count[of], 0);
    return {
      at: performance.now(),
      server: cpuSeconds(server.pid),
      clients: all.reduce((total, { pid }) => total + cpuSeconds(pid), 0),
      idle: idleSeconds(),
      dropped: droppedByKernel(),
      packets: sum("packets"),
      expected: sum("expected"),
      streams: sum("streams"),
    };
  };
  try {
    for (let n = 0; n < cameras; n++) await join(publishers, true, n < speakers);
    for (let n = 0; n < people - cameras; n += workers.length)
      await Promise.all(workers.slice(0, people - cameras - n).map((worker) => join(worker, false, false)));
    const wanted = people * (cameras + visible) - cameras;
    const until = Date.now() + receiveWithinSeconds * 1000;
    while ((await look()).streams < wanted && Date.now() < until) await sleep(500);
    await sleep(settleSeconds * 1000);
    const samples: Record<string, { unit: string; values: number[] }> = {};
    const take = (metric: string, unit: string, value: number) => {
      samples[metric] ??= { unit, values: [] };
      samples[metric].values.push(value);
      return value;
    };
    let before = await look();
    for (let n = 0; n < windows; n++) {
      await sleep(windowSeconds * 1000);
      const now = await look();
      const seconds = (now.at - before.at) / 1000;
      const packets = now.packets - before.packets;
      const expected = now.expected - before.expected;
      const told = [
        take("server_cores", "cores", (now.server - before.server) / seconds),
        take("clients_cores", "cores", (now.clients - before.clients) / seconds),
        take("idle_cores", "cores", (now.idle - before.idle) / seconds),
        take("packets_per_second", "1/s", packets / seconds),
        take("cpu_us_per_packet", "us", ((now.server - before.server) * 1e6) / packets),
        take("lost_percent", "%", Math.max(0, 1 - packets / expected) * 100),
        take("dropped_by_kernel_percent", "%", ((now.dropped - before.dropped) / expected) * 100),
        take("streams_per_person", "1", now.streams / people),
      ];
      console.error(told.map((value) => value.toFixed(2)).join(" "));
      before = now;
    }
    take("rss_mb", "MiB", residentMb(server.pid));
    const row = {
      subject: "raadhuis",
      case: `${cameras} cameras, ${people} people, ${visible} visible`,
    };
    const rows = Object.entries(samples).map(([metric, { unit, values }]) => rowOf({ ...row, metric, unit }, values));
    const lost = rows.find(({ metric }) => metric === "lost_percent")?.median ?? 0;
    return {
      rows,
      notes: all.flatMap(({ again }) => again).map((why) => `A load client joined again: ${why}`),
      missing: [
        ...(lost > lossAllowed ? [`a true measurement: ${lost} % was lost`] : []),
        ...(before.streams < wanted ? [`${wanted - before.streams} of ${wanted} streams did not arrive`] : []),
      ],
    };
  } finally {
    await Promise.all(all.map((worker) => worker.end()));
    await server.stop();
  }
}

/** Processor time nobody wanted, all cores: /proc/stat, hundredths of a second. */
function idleSeconds(): number {
  return Number(readFileSync("/proc/stat", "utf8").split(/\s+/)[4]) / 100;
}

/** Datagrams that found their socket's buffer full, in this network: /proc/net/snmp. */
function droppedByKernel(): number {
  const [names = [], values = []] = readFileSync("/proc/net/snmp", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("Udp:"))
    .map((line) => line.split(" "));
  return Number(values[names.indexOf("RcvbufErrors")]);
}
