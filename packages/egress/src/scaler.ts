import { AV_PIX_FMT_YUV420P, SWS_BILINEAR } from "node-av/constants";
import { SoftwareScaleContext } from "node-av/lib";
import { planesOf } from "./canvas.ts";
import { bytesOf, HEIGHT, type Picture, WIDTH } from "./picture.ts";

/** The programme's picture in another size. */
export class Scaler {
  readonly #to: Picture;
  readonly #context = new SoftwareScaleContext();
  #closed = false;
  #given: Buffer | null = null;
  /** Another view of the same memory for each picture that is another one. */
  #view: Buffer;

  constructor(width: number, height: number) {
    this.#to = { width, height, data: Buffer.alloc(bytesOf(width, height)) };
    this.#view = this.#to.data;
    this.#context.getContext(WIDTH, HEIGHT, AV_PIX_FMT_YUV420P, width, height, AV_PIX_FMT_YUV420P, SWS_BILINEAR);
  }

  /** @param picture I420 of WIDTH x HEIGHT; the same object again comes to the same object */
  async of(picture: Buffer): Promise<Buffer> {
    if (picture === this.#given) return this.#view;
    const from = planesOf({ width: WIDTH, height: HEIGHT, data: picture });
    const to = planesOf(this.#to);
    await this.#context.scale(from.planes, from.strides, 0, HEIGHT, to.planes, to.strides);
    this.#given = picture;
    this.#view = this.#to.data.subarray();
    return this.#view;
  }

  /** Once more is harmless. */
  close(): void {
    if (!this.#closed) this.#context.freeContext();
    this.#closed = true;
  }
}
