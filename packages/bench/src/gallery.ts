import { openWindow } from "@raadhuis/tests/lib/browser.ts";
import { clickedAt } from "@raadhuis/tests/lib/moments.ts";
import { connected, goOnAir, hook, press, watchStream } from "@raadhuis/tests/lib/people.ts";
import { openChamber } from "./chamber.ts";
import { type Row, rowOf } from "./result.ts";

const TIMES = 20;
const DELAY = 10;
/** Between two changes of the floor, ms: longer than any switching pause of the programme. */
const PAUSE = 5_000;

/**
 * How long after the chair gave somebody the floor the gallery's picture takes that person's colour, with
 * RAADHUIS_DELAY as it is by default.
 */
export async function gallery(): Promise<Row[]> {
  const chamber = await openChamber(2, { RAADHUIS_DELAY: `${DELAY}` });
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
    await give(people[1]!);
    await watching.evaluate(awaitColours, hook("player"), colours, 1, 1, 120_000);
    const changes = watching.evaluate(awaitColours, hook("player"), colours, 0, TIMES, TIMES * PAUSE + 120_000);
    const given: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      given.push(await give(people[time % 2]!));
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    const samples = (await changes).map((seen, index) => seen - given[index]!);
    return [
      rowOf({ subject: "raadhuis", case: `RAADHUIS_DELAY=${DELAY}`, metric: "gallery_behind_ms", unit: "ms" }, samples),
    ];
  } finally {
    await chamber.close();
  }
}

/** Runs in the page: the moments at which the picture takes the colours in turn, beginning with the colour `first`. */
async function awaitColours(player: string, colours: number[][], first: number, count: number, ms: number) {
  const video = document.querySelector(player);
  if (!(video instanceof HTMLVideoElement)) throw new Error("no player");
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true })!;
  const chroma = ([r = 0, g = 0, b = 0]: number[]) => [
    -0.169 * r - 0.331 * g + 0.5 * b,
    0.5 * r - 0.419 * g - 0.081 * b,
  ];
  const moments: number[] = [];
  const end = performance.now() + ms;
  while (moments.length < count) {
    if (performance.now() > end) throw new Error(`only ${moments.length} of ${count} changes seen`);
    await new Promise(requestAnimationFrame);
    const { videoWidth: width, videoHeight: height } = video;
    context.drawImage(video, width * 0.55, height * 0.15, width * 0.3, height * 0.4, 0, 0, 1, 1);
    const [b = 0, r = 0] = chroma([...context.getImageData(0, 0, 1, 1).data]);
    const [wantedB = 0, wantedR = 0] = chroma(colours[(first + moments.length) % colours.length]!);
    if (Math.hypot(b - wantedB, r - wantedR) < 25) moments.push(performance.timeOrigin + performance.now());
  }
  return moments;
}
