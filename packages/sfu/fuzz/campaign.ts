import { readdirSync, readFileSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { setImmediate } from "node:timers/promises";
import { serverUnderTest } from "../contract/kit/server.ts";
import { until } from "../contract/kit/wait.ts";
import { type Seen, startBystanders } from "./bystanders.ts";
import { Churn } from "./churn.ts";
import { Flood } from "./flood.ts";
import { Intruder } from "./intruder.ts";
import { Random } from "./random.ts";

/** What is attacked with: `visits` are not among them unless they are asked for. */
export const kinds = ["messages", "datagrams", "visits"] as const;
export type Kind = (typeof kinds)[number];

/** A second. */
const visits = 50;

export interface CampaignOptions {
  seed: number;
  /** Ends after so long, ms, and not before so many messages and datagrams. */
  ms: number;
  messages: number;
  datagrams: number;
  /** Of messages and datagrams by default. */
  only?: Kind;
  /** Told once a second. */
  progress?: (outcome: Outcome) => void;
}

export interface Outcome {
  seconds: number;
  messages: number;
  thrownOut: number;
  datagrams: Readonly<Record<string, number>>;
  visits: Churn["counts"];
  /** Of the call beside. */
  witness: Seen;
  /** Resident memory of the media server, bytes, and its open files: when the attack was under way, and now. */
  memory: { early: number; now: number };
  files: { early: number; now: number };
  /** How the media server ended, if it did. */
  crash: string | null;
}

/** Attacks a media server of its own by signalling and by datagrams, while two people speak in another of its rooms and in the attacked one. */
export async function campaign(options: CampaignOptions): Promise<Outcome> {
  const server = await serverUnderTest({ RAADHUIS_LOG: "error" });
  const bystanders = await startBystanders(server, "attacked");
  const { seen } = bystanders;
  // The others run as they were started: a server that waits for its attacker's computing would tell nothing of itself.
  setPriority(Math.min(19, getPriority() + 10));
  const intruders = [0, 1, 2, 3].map(
    (n) => new Intruder(server, new Random(options.seed + n), "attacked", `intruder${n}`),
  );
  const flood = new Flood(server, new Random(options.seed + 100), "attacked");
  const churn = new Churn(server, new Random(options.seed + 200), "attacked");
  const began = Date.now();
  const outcome: Outcome = {
    seconds: 0,
    messages: 0,
    thrownOut: 0,
    datagrams: flood.counts,
    visits: churn.counts,
    witness: seen,
    memory: { early: 0, now: 0 },
    files: { early: 0, now: 0 },
    crash: null,
  };
  const look = () => {
    outcome.seconds = (Date.now() - began) / 1000;
    outcome.messages = intruders.reduce((sum, { counts }) => sum + counts.messages, 0);
    outcome.thrownOut = intruders.reduce((sum, { counts }) => sum + counts.thrownOut, 0);
    outcome.crash = server.ended();
    if (outcome.crash === null && server.pid !== null) {
      outcome.memory.now = residentBytes(server.pid);
      outcome.files.now = readdirSync(`/proc/${server.pid}/fd`).length;
    }
    if (outcome.memory.early === 0 && Date.now() - began > Math.min(options.ms / 4, 300_000)) {
      outcome.memory.early = outcome.memory.now;
      outcome.files.early = outcome.files.now;
    }
    options.progress?.(outcome);
  };
  const timer = setInterval(look, 1000);
  const sent = () => Object.values(flood.counts).reduce((sum, count) => sum + count, 0);
  try {
    const does = (kind: Kind) => (options.only === undefined ? kind !== "visits" : options.only === kind);
    if (does("datagrams")) await flood.begin(bystanders.ports);
    const goesOn = () =>
      server.ended() === null &&
      (Date.now() - began < options.ms || outcome.messages < options.messages || sent() < options.datagrams);
    const again = async (what: () => Promise<void>) => {
      while (goesOn()) {
        await what();
        await setImmediate();
      }
    };
    await Promise.all([
      ...(does("messages") ? intruders.map((intruder) => again(() => intruder.speak())) : []),
      does("datagrams")
        ? again(async () => {
            for (let times = 0; times < 20; times++) await flood.send();
          })
        : null,
      does("visits") ? churn.run(visits, options.ms) : null,
    ]);
    if (server.ended() === null) {
      const before = seen.packets;
      await until("the call beside goes on", () => seen.packets > before + 50 || server.ended() !== null);
    }
  } catch (error) {
    // A member who cannot come in any more is a symptom: what matters is whether the server still stands.
    if (server.ended() === null) throw error;
  } finally {
    clearInterval(timer);
    look();
    for (const intruder of intruders) intruder.leave();
    await flood.end();
    bystanders.stop();
    await server.stop();
  }
  return outcome;
}

const residentBytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) * 1024;
