import { clickedAt, mediaBackAt } from "@raadhuis/tests/lib/moments.ts";
import { connected, dataOf, goOnAir, hook, pictureOf, press, soundOf, turn } from "@raadhuis/tests/lib/people.ts";
import { openChamber } from "./chamber.ts";
import { type Row, rowOf } from "./result.ts";

const TIMES = 10;

/** From the chair's click on the doors until chair and member have one another's picture and sound again. */
export async function doors(): Promise<Row[]> {
  const chamber = await openChamber(2);
  try {
    const [chair, member] = [chamber.people[0]!, chamber.people[1]!];
    const pages = [chair.person.page, member.person.page] as const;
    await press(pages[0], "conduct-open");
    for (const page of pages) {
      await connected(page, '[data-phase="open"]');
      await goOnAir(page);
    }
    const closing: number[] = [];
    const opening: number[] = [];
    for (let time = 0; time < 2 * TIMES; time++) {
      const epoch = Number(await dataOf(pages[0], "chamber", "epoch"));
      const back = Promise.all([
        mediaBackAt(pages[0], pictureOf(member.seat), soundOf(member.seat)),
        mediaBackAt(pages[1], pictureOf(chair.seat), soundOf(chair.seat)),
      ]);
      // Closing asks first.
      if (time % 2 === 0) await press(pages[0], "conduct-doors");
      const at = await clickedAt(pages[0], hook(time % 2 === 0 ? "confirm" : "conduct-doors"));
      await Promise.all(
        pages.map(async (page) => {
          await connected(page, `[data-epoch="${epoch + 1}"]`);
          // Opening asks each person first; this one says yes at once.
          if (time % 2 === 1) await goOnAir(page);
          else for (const id of ["camera", "mic"]) await turn(page, id, true);
        }),
      );
      const last = Math.max(...(await back).flatMap(({ picture, sound }) => [picture, sound]));
      (time % 2 === 0 ? closing : opening).push(last - at);
    }
    const row = { subject: "raadhuis", metric: "doors_to_media_ms", unit: "ms" };
    return [
      rowOf({ ...row, case: "loopback, closing" }, closing),
      rowOf({ ...row, case: "loopback, opening" }, opening),
    ];
  } finally {
    await chamber.close();
  }
}
