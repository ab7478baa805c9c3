import type { ProgrammeOrder } from "@raadhuis/protocol/children";
import type { TimelineEntry } from "@raadhuis/protocol/public";
import { Canvas, fit } from "./canvas.ts";
import { card, lowerThird, slate } from "./drawings.ts";
import type { FrameQueue } from "./frameQueue.ts";
import { mix } from "./mixer.ts";
import { HEIGHT, type Picture, SAMPLES_PER_FRAME, WIDTH } from "./picture.ts";
import { Pictures } from "./pictures.ts";
import type { RoomSource } from "./room.ts";
import type { SlateKind } from "./texts.ts";

/** A camera that says nothing for so long is shown as off, ms. */
const FROZEN_MS = 5000;
/** A shared screen leaves this much to the speaker beside it. */
const SHARE = { x: 0, y: 72, width: 1024, height: 576 };
const BESIDE = { x: 1024, y: 72, width: 256, height: 144 };
const WHOLE = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
const LOWER_THIRD = { left: 48, bottom: 40 };

/** Who is in a room, and what they bring. */
type InRoom = Pick<RoomSource, "sources">;

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
    const camera = who === null ? null : shownBy(source.sources.get(who)?.camera?.queue, at);
    const place = screen ? BESIDE : WHOLE;
    const { width, height } = place;
    const portrait =
      camera ??
      (await this.#pictures.of(`card ${JSON.stringify([order.locale, person, width])}`, () =>
        card(order.locale, person, width, height),
      ));
    // A large card says the name itself.
    const named = camera || screen ? person : null;
    const words = JSON.stringify([order.locale, named, order.item]);
    const title =
      named || order.item
        ? await this.#pictures.of(`title ${words}`, () => lowerThird(order.locale, named, order.item))
        : null;
    await this.#draw([screen, portrait, title], async () => {
      this.#canvas.fill(37, 141, 116);
      if (screen) await this.#canvas.scale(screen, fit(screen.width, screen.height, SHARE));
      await this.#canvas.scale(portrait, fit(portrait.width, portrait.height, place));
      if (title) this.#canvas.put(title, LOWER_THIRD.left, HEIGHT - LOWER_THIRD.bottom - title.height);
    });
    return { picture: this.#picture, sound, scene: { scene: "live", item: order.item, speaker: person } };
  }

  /** The room's sound beside a slate that says why there is no picture. */
  async soundAlone(order: ProgrammeOrder, { source, who }: Shot, at: number, frames: number): Promise<Composed> {
    const { picture, scene } = await this.slate(order, "soundAlone", null);
    const speaker = who === null ? null : (order.people[who] ?? null);
    return { picture, sound: soundOf(source, at, frames), scene: { ...scene, speaker } };
  }

  async #draw(parts: (Picture | null)[], draw: () => Promise<void>): Promise<void> {
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

const shownBy = (queue: FrameQueue | undefined, at: number): Picture | null => {
  const picture = queue?.at(at, FROZEN_MS);
  return picture ?? null;
};
