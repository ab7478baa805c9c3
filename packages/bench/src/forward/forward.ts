import type { Cipher } from "../load/cipher.ts";
import { preparedMedia } from "../load/media.ts";
import { type Outcome, type Row, rowOf } from "../result.ts";
import { caseOf, measureFloor, measureServer, memoryOfFloor, type Sample } from "./measure.ts";
import { inOwnNetwork } from "./network.ts";
import { compileFloor, startJanus, startLiveKit, startRaadhuis } from "./subjects.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const sizes = { gcm: [10, 50, 100], cm: [100] } satisfies Record<Cipher, number[]>;
const servers = { raadhuis: () => startRaadhuis(), livekit: () => startLiveKit(), janus: startJanus };
const attempts = 2;
/** Nothing is begun after that. */
const minutes = 26;

/**
 * What it costs a server to forward one packet, and to keep one more subscriber: one publisher of 720p and sound to 10, 50 and 100
 * subscribers, every subject in turn, several rounds. A subject that fails is tried once more; what is missing then is told, and the rest stays.
 */
export async function forward(): Promise<Outcome> {
  inOwnNetwork();
  preparedMedia();
  const addon = compileFloor();
  const samples: Sample[] = [];
  const notes: string[] = [];
  const missing: string[] = [];
  const until = Date.now() + minutes * 60_000;
  const only = process.env.BENCH_SUBJECTS?.split(",");
  /** Runs until each size is measured. `run` is told which ones lack. */
  const measure = async (
    name: string,
    cipher: Cipher,
    round: number,
    run: (lacking: number[], take: (size: number, found: Sample[]) => void) => Promise<void>,
  ) => {
    if (only && !only.includes(name)) return;
    let lacking: number[] = sizes[cipher];
    const take = (size: number, found: Sample[]) => {
      samples.push(...found);
      lacking = lacking.filter((other) => other !== size);
    };
    let why = `nothing is begun after ${minutes} minutes`;
    for (let attempt = 1; attempt <= attempts && lacking.length > 0 && Date.now() < until; attempt++)
      try {
        await run(lacking, take);
      } catch (error) {
        why = error instanceof Error ? error.message : String(error);
        console.error(`${name}, ${cipher}, round ${round}: ${why}`);
        if (attempt < attempts) notes.push(`Round ${round}: ${name} (${cipher}) was started again: ${why}`);
      }
    missing.push(...lacking.map((size) => `${name}, ${caseOf(cipher, size)}, round ${round}: ${why}`));
  };
  for (let round = 1; round <= rounds; round++)
    for (const cipher of ["gcm", "cm"] as const) {
      for (const [name, start] of Object.entries(servers))
        await measure(name, cipher, round, async (lacking, take) => {
          const again = await measureServer(start, cipher, lacking, take);
          if (again.length > 0)
            notes.push(
              `Round ${round}: ${again.length} load clients of ${name} (${cipher}) joined again: ${[...new Set(again)].join("; ")}`,
            );
        });
      await measure("floor", cipher, round, async (lacking, take) => {
        const first = await memoryOfFloor(addon);
        for (const size of lacking) take(size, await measureFloor(addon, cipher, size, first));
      });
    }
  return { rows: rowsOf(samples), notes, missing };
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
