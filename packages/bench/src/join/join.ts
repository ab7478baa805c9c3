import { hook, pictureOf, press, shown } from "@raadhuis/tests/lib/people.ts";
import { type ChamberOptions, openChamber } from "../chamber.ts";
import { address, inOwnNetwork } from "../forward/network.ts";
import { apiKey, startLiveKit } from "../forward/subjects.ts";
import { type Outcome, rowOf } from "../result.ts";
import { farNetwork } from "./far.ts";

const rounds = Number(process.env.BENCH_ROUNDS ?? 2);
const times = Number(process.env.BENCH_TIMES ?? 10);
const attempts = 2;
const roundTripMs = 80;

/**
 * From the click on "join" to the first decoded picture of another person, in a chamber of three: over the embedded media server
 * and over LiveKit, with the house on this machine and behind 80 ms.
 */
export async function join(): Promise<Outcome> {
  inOwnNetwork();
  const samples: Samples = { near: { raadhuis: [], livekit: [] }, far: { raadhuis: [], livekit: [] } };
  const notes: string[] = [];
  const missing: string[] = [];
  const measures = { near: measureNear, far: measureFar };
  for (let round = 1; round <= rounds; round++)
    for (const subject of subjects)
      for (const place of ["near", "far"] as const)
        for (let attempt = 1; attempt <= attempts; attempt++)
          try {
            samples[place][subject].push(...(await measures[place](subject)));
            break;
          } catch (error) {
            const why = `${subject}, ${cases[place]}, round ${round}: ${error instanceof Error ? error.message : error}`;
            console.error(why);
            if (attempt < attempts) notes.push(`Started again: ${why}`);
            else missing.push(why);
          }
  const rows = subjects.flatMap((subject) =>
    (["near", "far"] as const).map((place) =>
      rowOf({ subject, case: cases[place], metric: "join_ms", unit: "ms" }, samples[place][subject]),
    ),
  );
  return { rows: rows.filter(({ n }) => n > 0), notes, missing };
}

const cases = { near: "loopback", far: `${roundTripMs} ms` };
const subjects = ["raadhuis", "livekit"] as const;
type SubjectName = (typeof subjects)[number];
type Samples = Record<"near" | "far", Record<SubjectName, number[]>>;

const measureNear = (subject: SubjectName) => measureWith(subject, address, []);

async function measureFar(subject: SubjectName): Promise<number[]> {
  const far = await farNetwork(roundTripMs);
  try {
    return await measureWith(subject, far.address, far.through, (port) => far.reach(port));
  } finally {
    await far.close();
  }
}

/** @param ip where the media server is reached @param through how to start what belongs to the house */
async function measureWith(
  subject: SubjectName,
  ip: string,
  through: string[],
  reach?: (port: number) => Promise<void>,
): Promise<number[]> {
  const livekit = subject === "livekit" ? await startLiveKit({ ip, through }) : null;
  try {
    const samples = await measure({
      env: livekit
        ? { LIVEKIT_URL: livekit.url, LIVEKIT_API_KEY: apiKey.key, LIVEKIT_API_SECRET: apiKey.secret }
        : { RAADHUIS_PUBLIC_IP: ip },
      through,
      started: async ({ port }) => reach?.(port),
    });
    console.error(`${subject} ${ip}: ${samples.map((sample) => Math.round(sample)).join(" ")}`);
    return samples;
  } finally {
    await livekit?.stop();
  }
}

async function measure(options: ChamberOptions): Promise<number[]> {
  const chamber = await openChamber(3, options);
  try {
    const { person } = chamber.people[2]!;
    const { page } = person;
    const others = chamber.people.slice(0, 2).map(({ seat }) => pictureOf(seat));
    const seatPage = page.url();
    const samples: number[] = [];
    for (let time = 0; time < times; time++) {
      await press(page, "leave");
      await press(page, "confirm");
      await shown(page, "left");
      await page.goto(seatPage);
      await shown(page, "lobby");
      // A person joins when they see themselves.
      await page.waitForFunction(
        (selector) => {
          const video = document.querySelector(selector);
          return video instanceof HTMLVideoElement && video.readyState >= 2;
        },
        { timeout: 20_000 },
        hook("preview"),
      );
      samples.push(await page.evaluate(firstPicture, hook("join"), others));
    }
    return samples;
  } finally {
    await chamber.close();
  }
}

/** Runs in the page. */
async function firstPicture(button: string, videos: string[]): Promise<number> {
  const join = document.querySelector(button);
  if (!(join instanceof HTMLElement)) throw new Error("no join button");
  const start = performance.now();
  join.click();
  return new Promise((resolve, reject) => {
    const watched = new Set<Element>();
    const look = setInterval(() => {
      if (performance.now() - start > 30_000) {
        clearInterval(look);
        reject(new Error("no picture within 30 s"));
      }
      for (const video of videos.map((selector) => document.querySelector(selector)))
        if (video instanceof HTMLVideoElement && !watched.has(video)) {
          watched.add(video);
          video.requestVideoFrameCallback(() => {
            clearInterval(look);
            resolve(performance.now() - start);
          });
        }
    }, 5);
  });
}
