import { EncoderRun } from "./encoder.ts";
import { FRAMES_PER_SEGMENT } from "./picture.ts";
import type { Rendition } from "./renditions.ts";
import { Scaler } from "./scaler.ts";

/**
 * What an encoder run makes besides the first rendition. Of each segment there is all or nothing: whoever is left out in
 * the middle of one is left out of it, and comes back with the next.
 */
export class OtherRendition {
  readonly id: string;
  readonly #rendition: Rendition;
  readonly #scaler: Scaler;
  /** `null`: left out at present. */
  #encoder: EncoderRun | null;
  /** The first frame that it was given. */
  #from = 0;
  readonly #made = new Map<number, Buffer>();

  private constructor(rendition: Rendition, encoder: EncoderRun) {
    this.id = rendition.id;
    this.#rendition = rendition;
    this.#scaler = new Scaler(rendition.width, rendition.height);
    this.#encoder = encoder;
  }

  /** @returns it, and its init segment, which is the same however often it comes back */
  static async open(rendition: Rendition): Promise<{ other: OtherRendition; init: Buffer }> {
    const encoder = await EncoderRun.open(rendition);
    return { other: new OtherRendition(rendition, encoder), init: encoder.init };
  }

  /** As EncoderRun's, of the programme's picture. @param wanted whether it is not left out */
  async encode(frame: number, picture: Buffer, sound: Float32Array, rare: boolean, wanted: boolean): Promise<void> {
    if (!wanted) return this.#leaveOut();
    if (!this.#encoder) {
      if (frame % FRAMES_PER_SEGMENT !== 0) return;
      this.#encoder = await EncoderRun.open(this.#rendition, frame);
      this.#from = frame;
    }
    const scaled = await this.#scaler.of(picture);
    for (const { firstFrame, data } of await this.#encoder.encode(frame, scaled, sound, rare))
      this.#made.set(firstFrame, data);
  }

  async finish(): Promise<void> {
    for (const { firstFrame, data } of (await this.#encoder?.finish()) ?? []) this.#made.set(firstFrame, data);
    this.close();
  }

  /** Whether it is known what becomes of the segment that begins with this frame. */
  knows(firstFrame: number): boolean {
    return this.#made.has(firstFrame) || !this.#encoder || this.#from > firstFrame;
  }

  /** @returns the segment that begins with this frame; `null`: it was left out */
  take(firstFrame: number): Buffer | null {
    const data = this.#made.get(firstFrame) ?? null;
    this.#made.delete(firstFrame);
    return data;
  }

  close(): void {
    this.#leaveOut();
    this.#scaler.close();
  }

  #leaveOut(): void {
    this.#encoder?.close();
    this.#encoder = null;
  }
}
