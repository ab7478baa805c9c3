import { mediaBackAt } from "@raadhuis/tests/lib/moments.ts";
import { connected, goOnAir, pictureOf, press, sees, soundOf } from "@raadhuis/tests/lib/people.ts";
import { type Chamber, openChamber } from "../chamber.ts";
import { inOwnNetwork } from "../forward/network.ts";
import { type Outcome, percentile, rowOf } from "../result.ts";
import { embedded, liveKit, type Mortal } from "./engines.ts";
import { noteConnections, notedSince } from "./noted.ts";

const kills = Number(process.env.BENCH_KILLS ?? 25);
/** LiveKit is there to compare with, and takes longer. */
const killsOf = { raadhuis: kills, livekit: Math.min(kills, 8) };
/** Of p95, ms. */
const target = 3000;
/** Whoever has no picture and sound by then has lost the meeting, ms. */
const lostAfter = 45_000;
const chambers = 2;

/** What happens between the death and the last picture, in its order. */
const steps = ["listens", "answered", "connected", "sound", "picture", "both"] as const;
type Step = (typeof steps)[number];
const cases: Record<Step, string> = {
  listens: "a server listens",
  answered: "signalling answered",
  connected: "ICE and DTLS done",
  sound: "sound",
  picture: "picture",
  both: "sound and picture",
};

const begins = { raadhuis: embedded, livekit: liveKit };

/** Somebody is not back. It is the answer to what is asked here, and no accident of the benchmark. */
class Lost extends Error {}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";

/** How long after the media server's death people have the sound and picture of one another again, in a council of two on air. */
export async function kill(): Promise<Outcome> {
  inOwnNetwork();
  const outcome: Outcome = { rows: [], notes: [], missing: [] };
  for (const name of ["raadhuis", "livekit"] as const) {
    let mortal: Mortal | null = null;
    try {
      mortal = await begins[name]();
      const { samples, connections } = await measure(mortal, killsOf[name], outcome);
      const rows = steps.map((step) =>
        rowOf({ subject: name, case: cases[step], metric: "since_kill_ms", unit: "ms" }, samples[step]),
      );
      rows.push(rowOf({ subject: name, case: "until the next", metric: "connections", unit: "1" }, connections));
      outcome.rows.push(...rows.filter(({ n }) => n > 0));
      tell(name, samples.both, outcome);
    } catch (error) {
      outcome.missing.push(`${name}: ${reasonOf(error)}`);
    } finally {
      await mortal?.stop();
    }
  }
  return outcome;
}

function tell(name: Mortal["name"], both: number[], { notes, missing }: Outcome): void {
  if (both.length === 0) return;
  const [p50, p95, max] = [0.5, 0.95, 1].map((share) => Math.round(percentile(both, share)));
  notes.push(
    `${name}: sound and picture back after p50 ${p50} ms, p95 ${p95} ms, at most ${max} ms, of ${both.length}.`,
  );
  if (name === "raadhuis" && (p95 ?? 0) > target)
    missing.push(`${name}: p95 is ${p95} ms, where ${target} are allowed.`);
}

type Samples = Record<Step, number[]>;

/** How often each page's media connected from one death to the next: once, unless it gave up what it had. */
type Connections = number[];

async function measure(
  mortal: Mortal,
  wanted: number,
  { notes, missing }: Outcome,
): Promise<{ samples: Samples; connections: Connections }> {
  const samples: Samples = { listens: [], answered: [], connected: [], sound: [], picture: [], both: [] };
  const connections: Connections = [];
  for (let opened = 0, done = 0; done < wanted && opened < chambers; opened++) {
    let chamber: Chamber | null = null;
    try {
      chamber = await openChamber(2, { env: mortal.env, prepare: noteConnections });
      await goLive(chamber);
      for (let last: number | null = null; done < wanted; done++) {
        await ready(mortal, chamber);
        if (last !== null) connections.push(...(await connectionsSince(last, chamber)));
        last = Date.now();
        const found = await killOnce(mortal, chamber);
        for (const step of steps) samples[step].push(...found[step]);
        console.error(
          mortal.name,
          done + 1,
          ...steps.map((step) => `${step} ${found[step].map(Math.round).join(", ")};`),
        );
      }
    } catch (error) {
      const told = `${mortal.name}: after ${done} of ${wanted}: ${reasonOf(error)}`;
      console.error(told);
      if (opened + 1 < chambers && !(error instanceof Lost)) notes.push(`Begun again: ${told}`);
      else missing.push(told);
    } finally {
      // What was measured stands, also when something does not end in time.
      await chamber?.close().catch((error: unknown) => notes.push(`${mortal.name}: ${reasonOf(error)}`));
    }
  }
  return { samples, connections };
}

/** Everybody sees one another, and the next may be killed. */
async function ready(mortal: Mortal, { house, people }: Chamber): Promise<void> {
  for (const [index, { person }] of people.entries()) {
    const other = people[1 - index]!;
    await sees(person.page, other.seat, other.signal);
  }
  await mortal.rested(house);
}

const connectionsSince = (at: number, { people }: Chamber): Promise<Connections> =>
  Promise.all(
    people.map(
      async ({ person }) => (await notedSince(person.page, at)).filter(({ what }) => what === "connected").length,
    ),
  );

/** The meeting is opened, and broadcast: what a media server's death interrupts. */
async function goLive({ people }: Chamber): Promise<void> {
  await press(people[0]!.person.page, "conduct-open");
  for (const { person } of people) {
    await connected(person.page, '[data-phase="open"]');
    await goOnAir(person.page);
  }
}

/** One death, ms from it to each step; from all but the first for each page. */
async function killOnce(mortal: Mortal, { house, people }: Chamber): Promise<Samples> {
  const pairs = people.map(({ person: { page } }, index) => ({ page, other: people[1 - index]! }));
  // Watched from before, because what is new is told by what was there.
  const watching = Promise.all(
    pairs.map(({ page, other }) =>
      mediaBackAt(page, pictureOf(other.seat), soundOf(other.seat), { ms: lostAfter, pictures: 1 }),
    ),
  );
  watching.catch(() => {});
  const at = await mortal.kill(house);
  const back = await watching.catch((error: unknown) => {
    throw new Lost(`Somebody was not back ${lostAfter / 1000} s after a death: ${reasonOf(error)}`);
  });
  const samples: Samples = {
    listens: [(await mortal.listensAt(house)) - at],
    answered: [],
    connected: [],
    sound: [],
    picture: [],
    both: [],
  };
  for (const [index, { page }] of pairs.entries()) {
    const noted = await notedSince(page, at);
    const up = noted.findIndex(({ what }) => what === "connected");
    // Those before it were told that nobody knows them any more.
    const answered = noted.slice(0, up).findLast(({ what }) => what === "answered");
    const { sound, picture } = back[index]!;
    if (answered) samples.answered.push(answered.at - at);
    if (noted[up]) samples.connected.push(noted[up].at - at);
    samples.sound.push(sound - at);
    samples.picture.push(picture - at);
    samples.both.push(Math.max(sound, picture) - at);
    if (process.env.BENCH_VERBOSE)
      console.error(noted.map(({ what, at: then }) => `${what} ${Math.round(then - at)}`).join(", "));
  }
  return samples;
}
