import { openWindow } from "@raadhuis/tests/lib/browser.ts";
import { clickedAt } from "@raadhuis/tests/lib/moments.ts";
import { connected, goOnAir, hook, press, watchStream } from "@raadhuis/tests/lib/people.ts";
import { openChamber } from "./chamber.ts";
import { type Row, rowOf } from "./result.ts";

const TIMES = 20;
const DELAY = 10;

/**
 * How long after the chair gave somebody the floor the gallery's picture takes that person's colour, with
 * RAADHUIS_DELAY as it is by default.
 */
export async function gallery(): Promise<Row[]> {
  const chamber = await openChamber(2, { env: { RAADHUIS_DELAY: `${DELAY}` } });
  try {
    const { house, people } = chamber;
    const chair = people[0]!.person.page;
    await press(chair, "conduct-open");
    for (const { person } of people) {
      await connected(person.page, '[data-phase="open"]');
      await goOnAir(person.page);
    }
    const watching = await openWindow(
      people[1]!.person,
      `${house.ready.gallery.replace(/\/$/, "")}/meeting/${house.ready.meeting}`,
    );
    await watchStream(watching);
    const colours = people.map(({ signal }) => [...signal.colour]);
    const give = ({ seat }: { seat: string }) =>
      clickedAt(chair, `${hook("person", `[data-seat="${seat}"]`)} ${hook("give-floor")}`);
    const samples: number[] = [];
    for (let time = 0; time <= TIMES; time++) {
      const given = await give(people[time % 2]!);
      const seen = await watching.evaluate(awaitColour, hook("player"), colours, time % 2, given + DELAY * 1000);
      // Before the first, whoever spoke was shown: it does not count.
      if (time > 0) samples.push(seen - given);
    }
    return [
      rowOf({ subject: "raadhuis", case: `RAADHUIS_DELAY=${DELAY}`, metric: "gallery_behind_ms", unit: "ms" }, samples),
    ];
  } finally {
    await chamber.close();
  }
}

/**
 * Runs in the page: the moment at which the picture has the colour `wanted`. None is looked for before `from`, when what
 * is awaited cannot be public yet.
 */
async function awaitColour(player: string, colours: number[][], wanted: number, from: number) {
  const video = document.querySelector(player);
  if (!(video instanceof HTMLVideoElement)) throw new Error("no player");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const chroma = ([r = 0, g = 0, b = 0]: number[]) => [
    -0.169 * r - 0.331 * g + 0.5 * b,
    0.5 * r - 0.419 * g - 0.081 * b,
  ];
  const [wantedB = 0, wantedR = 0] = chroma(colours[wanted]!);
  const now = () => performance.timeOrigin + performance.now();
  while (now() < from + 60_000) {
    await new Promise(requestAnimationFrame);
    if (now() < from) continue;
    const { videoWidth: width, videoHeight: height } = video;
    context.drawImage(video, width * 0.55, height * 0.15, width * 0.3, height * 0.4, 0, 0, 1, 1);
    const [b = 0, r = 0] = chroma([...context.getImageData(0, 0, 1, 1).data]);
    if (Math.hypot(b - wantedB, r - wantedR) < 25) return now();
  }
  throw new Error("the change was not seen within a minute");
}
