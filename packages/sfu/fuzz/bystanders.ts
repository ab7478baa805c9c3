import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { ServerUnderTest } from "../contract/kit/server.ts";
import { until } from "../contract/kit/wait.ts";
import type { Tick } from "./clock.ts";
import type { Report } from "./witness.ts";

const ReportShape = z.object({ packets: z.number(), gap: z.number(), held: z.number(), ports: z.array(z.number()) });
const TickShape = z.object({ gap: z.number() });

/** Of the call beside an attack: pauses in ms. */
export interface Seen {
  packets: number;
  /** The longest pause between two packets. */
  gap: number;
  /** The longest that datagrams waited at the same time without any media server: the machine's own. */
  own: number;
  /** The longest pause, less what the machine itself paused in the same seconds. */
  beyond: number;
}

export interface Bystanders {
  readonly seen: Seen;
  /** From where the speaker and the listener send, on 127.0.0.1. */
  readonly ports: readonly number[];
  stop(): void;
}

/** A call of two in this room, and a clock beside it, each in a process of its own. */
export async function startBystanders(server: ServerUnderTest, room: string): Promise<Bystanders> {
  const seen: Seen = { packets: 0, gap: 0, own: 0, beyond: 0 };
  let ports: readonly number[] = [];
  /** Of the last seconds; the processes' seconds do not begin together. */
  const ticks: number[] = [];
  const pauses: { gap: number; held: number; before: number }[] = [];
  let seconds = 0;
  const clock = listen("clock.ts", [], (line) => {
    const tick: Tick = TickShape.parse(line);
    seconds += 1;
    ticks.push(tick.gap);
    if (ticks.length > 5) ticks.shift();
    seen.own = Math.max(seen.own, tick.gap);
    while (pauses[0] && pauses[0].before + 2 <= seconds) {
      const { gap, held } = pauses.shift() ?? { gap: 0, held: 0 };
      seen.beyond = Math.max(seen.beyond, gap - Math.max(held, ...ticks));
    }
  });
  const ticket = (name: string) => server.ticket(name, { room });
  const witness = listen("witness.ts", [server.url, await ticket("speaker"), await ticket("listener")], (line) => {
    const report: Report = ReportShape.parse(line);
    // Its first second holds the time before anybody spoke.
    if (seen.packets > 0) {
      seen.gap = Math.max(seen.gap, report.gap);
      pauses.push({ ...report, before: seconds });
    }
    seen.packets = report.packets;
    ports = report.ports;
  });
  await until("the call beside", () => seen.packets > 0, 30_000);
  return {
    seen,
    ports,
    stop() {
      witness.kill("SIGTERM");
      clock.kill("SIGTERM");
    },
  };
}

function listen(file: string, given: readonly string[], hear: (line: unknown) => void): ChildProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), ...given], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => hear(JSON.parse(line)));
  return child;
}
