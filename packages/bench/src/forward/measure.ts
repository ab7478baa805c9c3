import { setTimeout as sleep } from "node:timers/promises";
import type { Cipher } from "../load/cipher.ts";
import { Worker } from "../load/workers.ts";
import { address } from "./network.ts";
import { cpuSeconds, residentMb } from "./process.ts";
import { type Subject, startFloor } from "./subjects.ts";

export interface Sample {
  subject: string;
  case: string;
  metric: string;
  unit: string;
  value: number;
}

/** What was measured with so many subscribers. */
type Take = (size: number, samples: Sample[]) => void;

export const windowSeconds = 5;
/** Long enough for each store of recent packets to be as full as it ever is. */
const settleSeconds = 4;
const receiveWithinSeconds = 20;
/** For all sizes of one subject: on a quiet machine it takes a third of that. */
const runWithinSeconds = 150;
const workerCount = 3;
/** Who loses more than this share measures what the clients could not take: such a window is looked at again, so often at most. */
const lossAllowed = 1;
const windowsAtMost = 3;

export const caseOf = (cipher: Cipher, size: number) => (cipher === "cm" ? `cm 1->${size}` : `1->${size}`);

/**
 * One server from its start to its end, with more and more subscribers. Fails when it or a client does, or takes too long; what it took by then is taken.
 *
 * @returns why load clients had to join again, once for each time
 */
export async function measureServer(
  start: () => Promise<Subject>,
  cipher: Cipher,
  sizes: number[],
  take: Take,
): Promise<string[]> {
  const subject = await start();
  const workers = Array.from({ length: workerCount }, () => new Worker());
  const publisher = new Worker();
  const all = [publisher, ...workers];
  try {
    await inTime(runWithinSeconds, measureGrowing(subject, publisher, workers, cipher, sizes, take));
    return all.flatMap(({ again }) => again);
  } finally {
    await Promise.all(all.map((worker) => worker.end()));
    await subject.stop();
  }
}

async function measureGrowing(
  subject: Subject,
  publisher: Worker,
  workers: Worker[],
  cipher: Cipher,
  sizes: number[],
  take: Take,
): Promise<void> {
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
  for (const size of sizes) {
    await grow(size);
    await sleep(settleSeconds * 1000);
    const row = { subject: subject.name, case: caseOf(cipher, size) };
    const cost = await measureWindow(subject.pid, workers);
    const memory = (residentMb(subject.pid) - first) / (size - 1);
    const samples = [...cost, { metric: "rss_mb_per_subscriber", unit: "MiB", value: memory }].map((one) => ({
      ...row,
      ...one,
    }));
    tell(samples);
    take(size, samples);
  }
}

/** The floor, sending to so many sockets. `first`: its memory when it sends to one, MiB. */
export async function measureFloor(addon: string, cipher: Cipher, size: number, first: number): Promise<Sample[]> {
  return withFloor(addon, size, runWithinSeconds, async (pid, worker) => {
    await sleep(1000);
    const cost = await measureWindow(pid, [worker]);
    const memory = Math.max(0, residentMb(pid) - first) / (size - 1);
    const row = { subject: "floor", case: caseOf(cipher, size) };
    const samples = [...cost, { metric: "rss_mb_per_subscriber", unit: "MiB", value: memory }].map((one) => ({
      ...row,
      ...one,
    }));
    tell(samples);
    return samples;
  });
}

/** What the floor takes when it sends to one socket, MiB. */
export const memoryOfFloor = (addon: string): Promise<number> =>
  withFloor(addon, 1, 5, async (pid) => {
    await sleep(1000);
    return residentMb(pid);
  });

async function withFloor<T>(
  addon: string,
  size: number,
  seconds: number,
  measure: (pid: number, worker: Worker) => Promise<T>,
): Promise<T> {
  const worker = new Worker();
  try {
    const { ports = [] } = await worker.tell({ do: "listen", address, sockets: size });
    const floor = startFloor(addon, ports, seconds);
    try {
      await everyoneReceives([worker], size, 1);
      return await measure(floor.pid, worker);
    } finally {
      await floor.stop();
    }
  } finally {
    await worker.end();
  }
}

type Measured = Omit<Sample, "subject" | "case">;

async function measureWindow(pid: number, workers: Worker[]): Promise<Measured[]> {
  for (let windows = 1; ; windows++) {
    const found = await measureOnce(pid, workers);
    const lost = found.find(({ metric }) => metric === "lost_percent")?.value ?? 0;
    if (lost <= lossAllowed || windows === windowsAtMost) return found;
    console.error(`${lost.toFixed(1)} % lost: once more`);
  }
}

async function measureOnce(pid: number, workers: Worker[]): Promise<Measured[]> {
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
  if (packets === 0) throw new Error(`Nothing came for ${windowSeconds} s.`);
  return [
    { metric: "cpu_us_per_packet", unit: "us", value: ((after.cpu - before.cpu) * 1e6) / packets },
    { metric: "packets_per_second", unit: "1/s", value: (packets * 1000) / (after.at - before.at) },
    { metric: "lost_percent", unit: "%", value: Math.max(0, (1 - packets / expected) * 100) },
  ];
}

/** Until so many clients have so many streams each. */
async function everyoneReceives(workers: Worker[], size: number, streams: number): Promise<void> {
  const until = Date.now() + receiveWithinSeconds * 1000;
  for (;;) {
    const counts = (await Promise.all(workers.map((worker) => worker.counts()))).flat();
    const receiving = counts.filter((count) => count.streams >= streams).length;
    if (receiving >= size) return;
    if (Date.now() > until) throw new Error(`only ${receiving} of ${size} received within ${receiveWithinSeconds} s`);
    await sleep(200);
  }
}

async function inTime<T>(seconds: number, work: Promise<T>): Promise<T> {
  const abort = new AbortController();
  const late = sleep(seconds * 1000, null, { signal: abort.signal }).then(() => {
    throw new Error(`it took more than ${seconds} s`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    abort.abort();
    late.catch(() => {});
  }
}

const tell = (samples: Sample[]) =>
  console.error(
    `${samples[0]?.subject} ${samples[0]?.case}: ${samples.map(({ metric, value }) => `${metric} ${value.toFixed(2)}`).join(", ")}`,
  );
