import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import { EncoderRun, type Fragment } from "../encoder.ts";
import type { Folders } from "../folders.ts";
import { bytesOf, FRAMES_PER_SEGMENT, HEIGHT, SAMPLES_PER_FRAME, WIDTH } from "../picture.ts";
import type { Segment } from "../segment.ts";
import { segment } from "./segments.ts";

export const MEETING = "meeting1test";
/** What these tests look at is order, not the disk: there is nothing to wait for here. */
const MEMORY = "/dev/shm";

/** Folders of a meeting that nothing was broadcast of yet, gone with the test. */
export async function emptyHouse(context: TestContext): Promise<Folders> {
  const root = await mkdtemp(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "raadhuis-egress-"));
  context.after(() => rm(root, { recursive: true, force: true }));
  return foldersIn(root);
}

export const foldersIn = (root: string): Folders => ({
  public: join(root, "public"),
  unreleased: join(root, "unreleased"),
  ledger: join(root, "released", `${MEETING}.ndjson`),
});

/** A slate from the first moment on. */
export const slateOrder = (more: Partial<ProgrammeOrder> = {}): ProgrammeOrder => ({
  meeting: MEETING,
  version: 1,
  at: 0,
  body: "Gemeente Voorbeeldstad",
  title: "Raadsvergadering",
  startsAt: 0,
  zone: "Europe/Amsterdam",
  locale: "nl",
  delayMs: 0,
  recording: true,
  scene: { kind: "slate", slate: "before", text: null },
  item: null,
  agenda: [],
  people: {},
  end: false,
  givenUp: false,
  ...more,
});

/** One encoder run of so many segments, grey and silent: real media. */
export async function encoded(count: number): Promise<{ init: Buffer; media: { segment: Segment; data: Buffer }[] }> {
  const run = await EncoderRun.open();
  const picture = Buffer.alloc(bytesOf(WIDTH, HEIGHT), 128);
  const sound = new Float32Array(SAMPLES_PER_FRAME);
  const fragments: Fragment[] = [];
  for (let frame = 0; frame < count * FRAMES_PER_SEGMENT; frame++)
    fragments.push(...(await run.encode(frame, picture, sound)));
  fragments.push(...(await run.finish()));
  const media = fragments.map(({ data, frames }, number) => ({
    segment: segment(number, { frames, bytes: data.length }),
    data,
  }));
  return { init: run.init, media };
}
