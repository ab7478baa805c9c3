import { setTimeout as sleep } from "node:timers/promises";
import { address, inOwnNetwork } from "./forward/network.ts";
import { cpuSeconds, residentMb } from "./forward/process.ts";
import { startRaadhuis, ticket } from "./forward/subjects.ts";
import { preparedMedia } from "./load/media.ts";
import { Worker } from "./load/workers.ts";
import { type Row, rowOf } from "./result.ts";

const people = 100;
const cameras = 12;
/** Pictures that each one shows, as small as in a gallery view: 180p at 150 kbit/s. */
const visible = 9;
const windows = 5;
const windowSeconds = 4;

/** 12 cameras and 100 people in one room: what it costs the media server, and whether all get what they show. */
export async function crowd(): Promise<Row[]> {
  inOwnNetwork();
  preparedMedia("small");
  const server = await startRaadhuis();
  const workers = Array.from({ length: 4 }, () => new Worker());
  const publishers = new Worker();
  const join = async (worker: Worker, publishes: boolean) =>
    worker.tell({
      do: "livekit",
      cipher: "gcm",
      url: server.url,
      address,
      token: await ticket("crowd"),
      publish: { audio: publishes, video: publishes },
      picture: "small",
      receive: { audio: cameras, video: visible },
      contented: true,
    });
  try {
    for (let n = 0; n < cameras; n++) await join(publishers, true);
    for (let n = 0; n < people - cameras; n += workers.length)
      await Promise.all(workers.slice(0, people - cameras - n).map((worker) => join(worker, false)));
    await sleep(8000);
    const look = async () => {
      const counts = (await Promise.all([publishers, ...workers].map((worker) => worker.counts()))).flat();
      const sum = (of: "packets" | "expected" | "streams") => counts.reduce((total, count) => total + count[of], 0);
      return {
        cpu: cpuSeconds(server.pid),
        packets: sum("packets"),
        expected: sum("expected"),
        streams: sum("streams"),
        at: performance.now(),
      };
    };
    const samples = {
      cores: [] as number[],
      packets: [] as number[],
      lost: [] as number[],
      cost: [] as number[],
      streams: [] as number[],
    };
    let before = await look();
    for (let n = 0; n < windows; n++) {
      await sleep(windowSeconds * 1000);
      const now = await look();
      const seconds = (now.at - before.at) / 1000;
      const packets = now.packets - before.packets;
      samples.cores.push((now.cpu - before.cpu) / seconds);
      samples.packets.push(packets / seconds);
      samples.lost.push(Math.max(0, 1 - packets / (now.expected - before.expected)) * 100);
      samples.cost.push(((now.cpu - before.cpu) * 1e6) / packets);
      samples.streams.push(now.streams / people);
      before = now;
    }
    const row = { subject: "raadhuis", case: `${cameras} cameras, ${people} people, ${visible} visible` };
    return [
      rowOf({ ...row, metric: "server_cores", unit: "cores" }, samples.cores),
      rowOf({ ...row, metric: "packets_per_second", unit: "1/s" }, samples.packets),
      rowOf({ ...row, metric: "lost_percent", unit: "%" }, samples.lost),
      rowOf({ ...row, metric: "cpu_us_per_packet", unit: "us" }, samples.cost),
      rowOf({ ...row, metric: "streams_per_person", unit: "1" }, samples.streams),
      rowOf({ ...row, metric: "rss_mb", unit: "MiB" }, [residentMb(server.pid)]),
    ];
  } finally {
    await Promise.all([publishers, ...workers].map((worker) => worker.end()));
    await server.stop();
  }
}
