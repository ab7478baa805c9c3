import { hook, pictureOf, press, shown } from "@raadhuis/tests/lib/people.ts";
import { openChamber } from "./chamber.ts";
import { type Row, rowOf } from "./result.ts";

const TIMES = 20;

/** From the click on "join" to the first decoded picture of another person, in a chamber of three. */
export async function join(): Promise<Row[]> {
  const chamber = await openChamber(3);
  try {
    const { person } = chamber.people[2]!;
    const { page } = person;
    const others = chamber.people.slice(0, 2).map(({ seat }) => pictureOf(seat));
    const seatPage = page.url();
    const samples: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      await press(page, "leave");
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
    return [rowOf({ subject: "raadhuis", case: "loopback", metric: "join_ms", unit: "ms" }, samples)];
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
