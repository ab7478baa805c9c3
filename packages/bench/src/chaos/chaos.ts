import { setTimeout as sleep } from "node:timers/promises";
import type { Outcome, Row } from "../result.ts";
import { rowOf } from "../result.ts";
import { type Call, type Callers, openCallers } from "./call.ts";
import { type Case, cases, fair } from "./cases.ts";
import { type Engine, startPeer, startRaadhuis } from "./engines.ts";

const measureMs = 48_000;
const settleMs = 3000;
const seed = 4;
/** Beyond what it measures: browsers that hang end a measurement, and not the benchmark. */
const patienceMs = 90_000;

/** How speech and picture fare over bad paths, ours and LiveKit's, by the same browsers over the same relay. */
export async function chaos(): Promise<Outcome> {
  const stage = new Stage();
  const outcome: Outcome = { rows: [], notes: [], missing: [] };
  try {
    for (const what of cases)
      for (const subject of ["raadhuis", "livekit"] as const) {
        try {
          outcome.rows.push(...(await stage.run(subject, what)));
        } catch (error) {
          await stage.clear();
          outcome.notes.push(`${subject}, ${what.name}: measured again after: ${messageOf(error)}`);
          try {
            outcome.rows.push(...(await stage.run(subject, what)));
          } catch (again) {
            await stage.clear();
            outcome.missing.push(`${subject}, ${what.name}: ${messageOf(again)}`);
          }
        }
      }
  } finally {
    await stage.clear();
  }
  return outcome;
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";

const starts = { raadhuis: startRaadhuis, livekit: startPeer };
type Subject = keyof typeof starts;

/** The browsers and both engines; what failed is started anew for the next measurement. */
class Stage {
  #callers: Callers | null = null;
  readonly #engines = new Map<Subject, Engine>();

  async run(subject: Subject, what: Case): Promise<Row[]> {
    this.#callers ??= await openCallers();
    const engine = this.#engines.get(subject) ?? (await starts[subject]());
    this.#engines.set(subject, engine);
    return inTime(measure(this.#callers, engine, what));
  }

  async clear(): Promise<void> {
    const [callers, engines] = [this.#callers, [...this.#engines.values()]];
    this.#callers = null;
    this.#engines.clear();
    await callers?.close().catch(() => {});
    for (const engine of engines) await engine.stop().catch(() => {});
  }
}

async function inTime<T>(work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = sleep(measureMs + settleMs + patienceMs, null, { signal: over.signal }).then(() => {
    throw new Error("It took too long.");
  });
  late.catch(() => {});
  work.catch(() => {});
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

/** One row each: share of sound that was made up, share of time the picture stood still, frames a second; after outages, ms to a picture. */
export async function measure(callers: Callers, engine: Engine, what: Case): Promise<Row[]> {
  const call = await begin(callers, engine, what.name);
  try {
    await sleep(settleMs);
    call.publisher.set(what.publisher);
    call.subscriber.set(what.subscriber);
    const before = await call.received();
    await call.shown();
    const back = what.outage ? await outages(call, what.outage) : await sleep(measureMs, []);
    const after = await call.received();
    const seconds = (after.at - before.at) / 1000;
    const share = (part: number, whole: number) => (whole > 0 ? (100 * part) / whole : 100);
    const row = { subject: engine.name, case: what.name };
    if (process.env.RAADHUIS_LOG) console.error(engine.name, what.name, after.height, after.detail, await call.sent());
    return [
      rowOf({ ...row, metric: "concealed_share", unit: "%" }, [
        share(after.concealed - before.concealed, after.samples - before.samples),
      ]),
      rowOf({ ...row, metric: "frozen_share", unit: "%" }, [
        share(after.frozen - before.frozen + (await stillFrozen(call, after.at)), seconds),
      ]),
      rowOf({ ...row, metric: "frames_per_second", unit: "1/s" }, [(after.frames - before.frames) / seconds]),
      rowOf({ ...row, metric: "picture_height", unit: "pixels" }, [after.height]),
      ...(what.outage ? [rowOf({ ...row, metric: "picture_back_ms", unit: "ms" }, back)] : []),
    ];
  } finally {
    await call.end();
  }
}

/** A call that does not come about on a fair way says nothing of bad ones. */
async function begin(callers: Callers, engine: Engine, name: string, tries = 2): Promise<Call> {
  try {
    return await callers.call(engine, `chaos ${name} ${Date.now()}`, seed);
  } catch (error) {
    if (tries === 1) throw error;
    console.error(`${engine.name}, ${name}: tried again after`, error);
    return begin(callers, engine, name, tries - 1);
  }
}

/** From the end of each outage to the next frame that is shown, ms. */
async function outages(call: Call, { ms, times }: { ms: number; times: number }): Promise<number[]> {
  const back: number[] = [];
  for (let time = 0; time < times; time++) {
    call.subscriber.set({ up: { down: true }, down: { down: true } });
    await sleep(ms);
    await call.shown();
    call.subscriber.set(fair);
    const over = Date.now();
    await sleep(measureMs / times - ms);
    const first = (await call.shown()).find((at) => at > over);
    back.push(first === undefined ? measureMs / times - ms : first - over);
  }
  return back;
}

/** s; a freeze is counted when it ends, and this one has not. */
async function stillFrozen(call: Call, at: number): Promise<number> {
  const last = (await call.shown()).at(-1);
  const gap = last === undefined ? 0 : (at - last) / 1000;
  return gap > 0.5 ? gap : 0;
}
