import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import { freePort } from "../forward/ports.ts";
import { residentMb } from "../forward/process.ts";
import { startRaadhuis, ticket } from "../forward/subjects.ts";
import { Worker } from "../load/workers.ts";
import { type Row, rowOf } from "../result.ts";
import { grownAlike, type Look } from "./alike.ts";
import { hiddenTicket, startEgress } from "./egress.ts";
import { ip } from "./visits.ts";

const meeting = `soak${randomBytes(6).toString("hex")}`;
const MEMORY = "/dev/shm";
const room = `${meeting}-1`;
/** Whoever comes stays so long and is followed by the next, s. */
const stays = 6;
const between = 2;
/** Memory may grow by no more over the second half, MiB. */
export const mayGrowMb = 10;

/**
 * A broadcast of so many seconds: two who stay and listen, and others who come with camera and microphone, speak, so
 * that the picture turns to them, and leave. Its memory is looked at all the while; fails where it grows over the second half.
 */
export async function soakBroadcast(seconds: number, log: (line: string) => void): Promise<Row[]> {
  const data = await mkdtemp(join(tmpdir(), "raadhuis-bench-"));
  const server = await startRaadhuis(await freePort(), ip);
  const [people, visitors] = [new Worker(), new Worker()];
  const egress = await startEgress(meeting, data, server.url);
  try {
    await joinRoom(people, server.url, "large", false);
    await joinRoom(people, server.url, "small", false);
    const order = await liveOrder();
    const until = Date.now() + seconds * 1000;
    const visits = comeAndGo(visitors, server.url, until);
    const looks: Look[] = [];
    while (Date.now() < until) {
      await sleep(1000);
      const { lagMs, shown } = await egress.order(order);
      const look = { mb: residentMb(egress.child.pid ?? 0), lagMs, shown };
      looks.push(look);
      if (looks.length % 15 === 0)
        log(`${looks.length} looks: ${look.mb.toFixed(0)} MiB, ${Math.round(lagMs)} ms behind, ${shown}`);
    }
    const came = await visits;
    return rowsOf(seconds, came, looks, log);
  } finally {
    await egress.kill("SIGKILL");
    await Promise.all([people.end(), visitors.end()]);
    await server.stop();
    await removeUnreleased();
    await rm(data, { recursive: true, force: true });
  }
}

/** What egress killed in the middle leaves in memory. */
async function removeUnreleased(): Promise<void> {
  for (const name of await readdir(MEMORY).catch(() => []))
    if (name.startsWith("raadhuis-")) await rm(join(MEMORY, name, meeting), { recursive: true, force: true });
}

const joinRoom = async (worker: Worker, url: string, picture: "large" | "small", speaks: boolean) =>
  worker.tell({
    do: "livekit",
    cipher: "gcm",
    url,
    address: ip,
    token: await ticket(room),
    publish: { audio: true, video: true },
    picture,
    speaks,
    receive: { audio: 0, video: 0 },
  });

/** @returns how many came */
async function comeAndGo(worker: Worker, url: string, until: number): Promise<number> {
  let came = 0;
  while (Date.now() < until - (stays + between) * 1000) {
    await joinRoom(worker, url, came % 3 === 2 ? "small" : "large", true);
    came++;
    await sleep(stays * 1000);
    await worker.tell({ do: "close" });
    await sleep(between * 1000);
  }
  return came;
}

async function liveOrder(): Promise<ProgrammeOrder> {
  return {
    ...{
      meeting,
      version: 1,
      at: Date.now(),
      body: "Voorbeeldstad",
      title: "Raad",
      startsAt: Date.now(),
      zone: "Europe/Amsterdam",
      locale: "nl",
    },
    ...{ delayMs: 10_000, recording: true, item: null, agenda: [], people: {}, end: false, givenUp: false },
    scene: { kind: "live", epoch: 1, room, token: await hiddenTicket(room), focus: null },
  };
}

function rowsOf(seconds: number, came: number, looks: readonly Look[], log: (line: string) => void): Row[] {
  const grownMb = grownAlike(looks);
  const mostMb = Math.max(...looks.map(({ mb }) => mb));
  const mostLagMs = Math.max(...looks.map(({ lagMs }) => lagMs));
  log(`${came} came and went; ${mostMb.toFixed(0)} MiB at most, ${grownMb.toFixed(1)} more in the last quarter`);
  if (grownMb > mayGrowMb)
    throw new Error(
      `The broadcast's memory grew by ${grownMb.toFixed(1)} MiB over its second half; ${mayGrowMb} may be.`,
    );
  const row = { subject: "raadhuis", case: `a broadcast of ${seconds} s, ${came} who come and go` };
  return [
    rowOf(
      { ...row, metric: "rss_mb", unit: "MiB" },
      looks.map(({ mb }) => mb),
    ),
    rowOf({ ...row, metric: "growth_mb_second_half", unit: "MiB" }, [grownMb]),
    rowOf({ ...row, metric: "most_behind_ms", unit: "ms" }, [mostLagMs]),
  ];
}
