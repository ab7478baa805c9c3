import { AV_PIX_FMT_YUV420P, SWS_BILINEAR } from "node-av/constants";
import { SoftwareScaleContext } from "node-av/lib";
import { type Box, bytesOf, HEIGHT, type Picture, WIDTH } from "./picture.ts";

const even = (value: number): number => Math.round(value / 2) * 2;

/** The largest box of a picture's shape inside `box`, in its middle. */
export function fit(width: number, height: number, box: Box): Box {
  const scale = Math.min(box.width / width, box.height / height);
  const inner = { width: Math.max(2, even(width * scale)), height: Math.max(2, even(height * scale)) };
  return { ...inner, x: box.x + even((box.width - inner.width) / 2), y: box.y + even((box.height - inner.height) / 2) };
}

/** The three planes of a picture, from `box` on, as FFmpeg takes them. */
export function planesOf(picture: Picture, box?: Box): { planes: Buffer[]; strides: number[] } {
  const { width, height, data } = picture;
  const half = Math.ceil(width / 2);
  const chroma = half * Math.ceil(height / 2);
  const [x, y] = [box?.x ?? 0, box?.y ?? 0];
  const corner = (y / 2) * half + x / 2;
  return {
    planes: [
      data.subarray(y * width + x, width * height),
      data.subarray(width * height + corner, width * height + chroma),
      data.subarray(width * height + chroma + corner),
    ],
    strides: [width, half, half],
  };
}

/** The picture that is put together, one frame after the other. FFmpeg scales straight into it. */
export class Canvas {
  readonly picture: Picture = { width: WIDTH, height: HEIGHT, data: Buffer.alloc(bytesOf(WIDTH, HEIGHT)) };
  #scalers = new Map<string, SoftwareScaleContext>();

  get data(): Buffer {
    return this.picture.data;
  }

  /** Fills everything with one colour, given as its Y, U and V (0 to 255). */
  fill(y: number, u: number, v: number): void {
    const { planes } = planesOf(this.picture);
    planes[0]!.fill(y);
    planes[1]!.fill(u);
    planes[2]!.fill(v);
  }

  /** Puts a picture of even size in its own size at a place. */
  put(source: Picture, x: number, y: number): void {
    const from = planesOf(source);
    const to = planesOf(this.picture, { x, y, width: source.width, height: source.height });
    for (let plane = 0; plane < 3; plane++) {
      const [width, height] = plane === 0 ? [source.width, source.height] : [source.width / 2, source.height / 2];
      const [read, write] = [from.strides[plane]!, to.strides[plane]!];
      for (let row = 0; row < height; row++)
        from.planes[plane]!.copy(to.planes[plane]!, row * write, row * read, row * read + width);
    }
  }

  /** Scales a picture into a box. */
  async scale(source: Picture, box: Box): Promise<void> {
    if (source.width === box.width && source.height === box.height && source.width % 2 === 0 && source.height % 2 === 0)
      return this.put(source, box.x, box.y);
    const from = planesOf(source);
    const to = planesOf(this.picture, box);
    const scaler = this.#scalerFor(source, box);
    await scaler.scale(from.planes, from.strides, 0, source.height, to.planes, to.strides);
  }

  #scalerFor(source: Picture, box: Box): SoftwareScaleContext {
    const key = `${source.width}x${source.height} ${box.width}x${box.height}`;
    const known = this.#scalers.get(key);
    if (known) return known;
    if (this.#scalers.size >= 16) this.close();
    const scaler = new SoftwareScaleContext();
    const format = AV_PIX_FMT_YUV420P;
    scaler.getContext(source.width, source.height, format, box.width, box.height, format, SWS_BILINEAR);
    this.#scalers.set(key, scaler);
    return scaler;
  }

  close(): void {
    for (const scaler of this.#scalers.values()) scaler.freeContext();
    this.#scalers.clear();
  }
}
