import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import type { TimelineEntry } from "@raadhuis/protocol/public";
import type { AudioLine } from "./audioLine.ts";
import { Canvas, fit } from "./canvas.ts";
import { card, lowerThird, slate } from "./drawings.ts";
import type { FrameQueue } from "./frameQueue.ts";
import { layoutOf, PARTS, saysName } from "./layouts.ts";
import { mix } from "./mixer.ts";
import { type Box, type Picture, SAMPLES_PER_FRAME } from "./picture.ts";
import { Pictures } from "./pictures.ts";
import type { SlateKind } from "./texts.ts";

/** A camera that says nothing for so long is shown as off, ms. */
const FROZEN_MS = 5000;
/** Who is in a room, and what they bring. */
interface InRoom {
  sources: ReadonlyMap<string, { camera: Queued; screen: Queued; sounds: Map<string, AudioLine> }>;
}
type Person = ProgrammeOrder["people"][string];
type Queued = { queue: Pick<FrameQueue, "at"> } | null;

export interface Composed {
  /** The same object as before where nothing in it has changed. */
  picture: Buffer;
  sound: Float32Array;
  scene: Omit<TimelineEntry, "at">;
}

/** What of the room is shown at one instant. */
export interface Shot {
  source: InRoom;
  /** Large, or small beside a shared screen; of sound alone, whose turn it is. */
  who: string | null;
}

/** Puts one frame after the other together: from an order and what the room had at that time, a picture and its sound. */
export class Compositor {
  readonly #canvas = new Canvas();
  readonly #pictures = new Pictures();
  /** What the canvas holds; the same again needs no work. */
  #drawn: unknown[] = [];
  /** The canvas as it was last drawn on: another view of it each time. */
  #picture = this.#canvas.data;

  /** A slate and silence. */
  async slate(order: ProgrammeOrder, kind: SlateKind, text: string | null, frames = 1): Promise<Composed> {
    const { locale, body, title, startsAt, zone } = order;
    const words = { locale, kind, text, body, title, startsAt, zone };
    const picture = await this.#pictures.of(`slate ${JSON.stringify(words)}`, () => slate(words));
    await this.#draw([picture], async () => this.#canvas.put(picture, 0, 0));
    const onAir = kind === "waiting" || kind === "interrupted" || kind === "soundAlone";
    return {
      picture: this.#picture,
      sound: new Float32Array(frames * SAMPLES_PER_FRAME),
      scene: { scene: onAir ? "live" : kind, item: onAir ? order.item : null, speaker: null },
    };
  }

  /** The room at programme time `at`, with the sound of `frames` frames. */
  async live(order: ProgrammeOrder, shot: Shot, at: number, frames = 1): Promise<Composed> {
    const { source, who } = shot;
    const sound = soundOf(source, at, frames);
    const screen = sharedScreen(source, at);
    if (who === null && !screen) return { ...(await this.slate(order, "waiting", null)), sound };
    const person = who === null ? null : (order.people[who] ?? null);
    const layout = layoutOf({ screen: screen !== null });
    const camera = who === null ? null : shownBy(source.sources.get(who)?.camera?.queue, at);
    const speaker = camera ?? (layout.speaker ? await this.#card(order.locale, person, layout.speaker) : null);
    const isNamed = camera === null && layout.speaker !== undefined && saysName(layout.speaker);
    const title = await this.#title(order, isNamed ? null : person, layout.lowerThird);
    const shown = { screen, speaker };
    await this.#draw([layout, screen, speaker, title], async () => {
      this.#canvas.fill(37, 141, 116);
      for (const part of PARTS) {
        const [picture, box] = [shown[part], layout[part]];
        if (picture && box) await this.#canvas.scale(picture, fit(picture.width, picture.height, box));
      }
      const { x, y, height } = layout.lowerThird;
      if (title) this.#canvas.put(title, x, y + height - title.height);
    });
    return { picture: this.#picture, sound, scene: { scene: "live", item: order.item, speaker: person } };
  }

  /** The room's sound beside a slate that says why there is no picture. */
  async soundAlone(order: ProgrammeOrder, { source, who }: Shot, at: number, frames: number): Promise<Composed> {
    const { picture, scene } = await this.slate(order, "soundAlone", null);
    const speaker = who === null ? null : (order.people[who] ?? null);
    return { picture, sound: soundOf(source, at, frames), scene: { ...scene, speaker } };
  }

  #card(locale: ProgrammeOrder["locale"], person: Person | null, { width, height }: Box): Promise<Picture> {
    const words = JSON.stringify([locale, person, width, height]);
    return this.#pictures.of(`card ${words}`, () => card(locale, person, width, height));
  }

  async #title({ locale, item }: ProgrammeOrder, named: Person | null, box: Box): Promise<Picture | null> {
    if (!named && !item) return null;
    const words = JSON.stringify([locale, named, item, box.width]);
    return this.#pictures.of(`title ${words}`, () => lowerThird(locale, named, item, box));
  }

  /** @param parts all that decides how it looks */
  async #draw(parts: unknown[], draw: () => Promise<void>): Promise<void> {
    if (parts.length === this.#drawn.length && parts.every((part, index) => part === this.#drawn[index])) return;
    await draw();
    this.#drawn = parts;
    this.#picture = this.#canvas.data.subarray();
  }
}

function sharedScreen(source: InRoom, at: number): Picture | null {
  for (const person of source.sources.values()) {
    const screen = person.screen?.queue.at(at);
    if (screen) return screen;
  }
  return null;
}

/** Everybody's sound together; what is older than that is forgotten. */
function soundOf(source: InRoom, at: number, frames: number): Float32Array {
  const people = [...source.sources.values()];
  const lines = people.flatMap((person) => [...person.sounds.values()]);
  const sound = mix(lines, at, frames * SAMPLES_PER_FRAME);
  for (const person of people)
    for (const [sid, line] of person.sounds) {
      line.forget(at);
      if (line.ended && line.empty) person.sounds.delete(sid);
    }
  return sound;
}

const shownBy = (queue: Pick<FrameQueue, "at"> | undefined, at: number): Picture | null => {
  const picture = queue?.at(at, FROZEN_MS);
  return picture ?? null;
};
