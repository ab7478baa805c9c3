import { setTimeout as sleep } from "node:timers/promises";
import type { Cipher } from "../load/cipher.ts";
import { preparedMedia } from "../load/media.ts";
import { Worker } from "../load/workers.ts";
import { type Row, rowOf } from "../result.ts";
import { address, inOwnNetwork } from "./network.ts";
import { cpuSeconds, residentMb } from "./process.ts";
import { compileFloor, type Subject, startFloor, startJanus, startLiveKit, startRaadhuis } from "./subjects.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const windowSeconds = 5;
/** Long enough for each store of recent packets to be as full as it ever is. */
const settleSeconds = 4;
const sizes = { gcm: [10, 50, 100], cm: [100] } satisfies Record<Cipher, number[]>;
const workerCount = 3;
const starters = { raadhuis: () => startRaadhuis(), livekit: () => startLiveKit(), janus: startJanus };

interface Sample {
  subject: string;
  case: string;
  metric: string;
  unit: string;
  value: number;
}

/**
 * What it costs a server to forward one packet, and to keep one more subscriber: one publisher of 720p and sound to 10, 50 and 100
 * subscribers, every subject in turn, several rounds.
 */
export async function forward(): Promise<Row[]> {
  inOwnNetwork();
  preparedMedia();
  const addon = compileFloor();
  const samples: Sample[] = [];
  const only = process.env.BENCH_SUBJECTS?.split(",");
  for (let round = 0; round < rounds; round++)
    for (const cipher of ["gcm", "cm"] as const) {
      for (const [name, start] of Object.entries(starters))
        if (!only || only.includes(name)) samples.push(...(await measureServer(await start(), cipher)));
      if (!only || only.includes("floor"))
        for (const size of sizes[cipher]) samples.push(...(await measureFloor(addon, cipher, size)));
    }
  return rowsOf(samples);
}

const caseOf = (cipher: Cipher, size: number) => (cipher === "cm" ? `cm 1->${size}` : `1->${size}`);

async function measureServer(subject: Subject, cipher: Cipher): Promise<Sample[]> {
  const workers = Array.from({ length: workerCount }, () => new Worker());
  const publisher = new Worker();
  const samples: Sample[] = [];
  try {
    await subject.publish(publisher, cipher);
    let joined = 0;
    const grow = async (size: number) => {
      // A few at a time: it is not joining that is measured here.
      while (joined < size) {
        const next = workers.slice(0, Math.min(workerCount, size - joined));
        await Promise.all(next.map((worker) => subject.subscribe(worker, cipher)));
        joined += next.length;
      }
      await everyoneReceives(workers, size, 2);
    };
    await grow(1);
    await sleep(settleSeconds * 1000);
    const first = residentMb(subject.pid);
    for (const size of sizes[cipher]) {
      await grow(size);
      await sleep(settleSeconds * 1000);
      const cost = await measureWindow(subject.pid, workers);
      const row = { subject: subject.name, case: caseOf(cipher, size) };
      samples.push(...cost.map((one) => ({ ...row, ...one })), {
        ...row,
        metric: "rss_mb_per_subscriber",
        unit: "MiB",
        value: (residentMb(subject.pid) - first) / (size - 1),
      });
      console.error(
        `${subject.name} ${row.case}: ${cost.map(({ metric, value }) => `${metric} ${value.toFixed(2)}`).join(", ")}, rss ${samples.at(-1)?.value.toFixed(2)}`,
      );
    }
    return samples;
  } finally {
    await Promise.all([publisher, ...workers].map((worker) => worker.end()));
    await subject.stop();
  }
}

async function measureFloor(addon: string, cipher: Cipher, size: number): Promise<Sample[]> {
  const worker = new Worker();
  const { ports = [] } = await worker.tell({ do: "listen", address, sockets: size });
  const floor = startFloor(addon, ports, windowSeconds + 5);
  try {
    await everyoneReceives([worker], size, 1);
    await sleep(1000);
    const row = { subject: "floor", case: caseOf(cipher, size) };
    const cost = await measureWindow(floor.pid, [worker]);
    console.error(`floor ${row.case}: ${cost.map(({ metric, value }) => `${metric} ${value.toFixed(2)}`).join(", ")}`);
    return cost.map((one) => ({ ...row, ...one }));
  } finally {
    await worker.end();
    await floor.stop();
  }
}

async function measureWindow(pid: number, workers: Worker[]): Promise<Omit<Sample, "subject" | "case">[]> {
  const look = async () => {
    const counts = (await Promise.all(workers.map((worker) => worker.counts()))).flat();
    const sum = (of: "packets" | "expected") => counts.reduce((total, count) => total + count[of], 0);
    return { cpu: cpuSeconds(pid), packets: sum("packets"), expected: sum("expected"), at: performance.now() };
  };
  const before = await look();
  await sleep(windowSeconds * 1000);
  const after = await look();
  const packets = after.packets - before.packets;
  const expected = after.expected - before.expected;
  return [
    { metric: "cpu_us_per_packet", unit: "us", value: ((after.cpu - before.cpu) * 1e6) / packets },
    { metric: "packets_per_second", unit: "1/s", value: (packets * 1000) / (after.at - before.at) },
    { metric: "lost_percent", unit: "%", value: Math.max(0, (1 - packets / expected) * 100) },
  ];
}

/** Until so many clients have so many streams each. */
async function everyoneReceives(workers: Worker[], size: number, streams: number): Promise<void> {
  const until = Date.now() + 30_000;
  for (;;) {
    const counts = (await Promise.all(workers.map((worker) => worker.counts()))).flat();
    const receiving = counts.filter((count) => count.streams >= streams).length;
    if (receiving >= size) return;
    if (Date.now() > until) throw new Error(`Only ${receiving} of ${size} receive.`);
    await sleep(200);
  }
}

function rowsOf(samples: readonly Sample[]): Row[] {
  const groups = Map.groupBy(samples, (sample) => JSON.stringify([sample.subject, sample.case, sample.metric]));
  return [...groups.values()].flatMap((group) => {
    const [{ subject, case: circumstances, metric, unit } = { subject: "", case: "", metric: "", unit: "" }] = group;
    return [
      rowOf(
        { subject, case: circumstances, metric, unit },
        group.map(({ value }) => value),
      ),
    ];
  });
}
