import { createRequire } from "node:module";
import { Resvg } from "@resvg/resvg-js";

export const WIDTH = 640;
export const HEIGHT = 360;

/** Luma, 16..235, of a piece of text to lay over a picture. Even width and height. */
interface Stamp {
  width: number;
  height: number;
  luma: Uint8Array;
}

const FAMILY = "Noto Sans";
/** The letters come as a package: a fresh machine may have none. */
const FONT = {
  loadSystemFonts: false,
  defaultFontFamily: FAMILY,
  fontFiles: [
    createRequire(import.meta.url).resolve("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf"),
  ],
};
const DIGIT = { width: 20, height: 32 };

/**
 * A person's moving picture, made cheaply: one drawing with their name, rendered once, over which a clock and a
 * swinging lamp are laid in each frame.
 */
export class Face {
  readonly #base: Uint8Array;
  readonly #glyphs: Map<string, Stamp>;
  readonly #clock: Intl.DateTimeFormat;

  /** `hue`: degrees; `timeZone`: of the body (IANA). */
  constructor(name: string, below: string, { hue, timeZone }: { hue: number; timeZone: string }) {
    this.#base = i420Of(pixelsOf(drawing(name, below, hue), WIDTH, HEIGHT), WIDTH, HEIGHT);
    this.#glyphs = glyphs();
    this.#clock = new Intl.DateTimeFormat("sv-SE", { timeStyle: "medium", timeZone });
  }

  /** An I420 frame of 640 by 360 as the person looks at `now`, ms. */
  frame(now: number): Uint8Array {
    const frame = this.#base.slice();
    const swing = Math.sin((now / 1000) * Math.PI * 0.5);
    disc(frame, WIDTH / 2 + swing * 200, 318, 12);
    const clock = this.#clock.format(now);
    for (const [index, character] of [...clock].entries()) {
      const glyph = this.#glyphs.get(character);
      if (glyph) lay(frame, glyph, 24 + index * DIGIT.width, 20);
    }
    return frame;
  }
}

function drawing(name: string, below: string, hue: number): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" font-family="${FAMILY}">
    <rect width="640" height="360" fill="hsl(${hue} 45% 32%)"/>
    <rect y="300" width="640" height="60" fill="hsl(${hue} 45% 20%)"/>
    <circle cx="320" cy="120" r="52" fill="hsl(${hue} 40% 72%)"/>
    <path d="M220 235 a100 70 0 0 1 200 0 z" fill="hsl(${hue} 40% 60%)"/>
    <text x="320" y="268" font-size="28" fill="#fff" text-anchor="middle">${escaped(name)}</text>
    <text x="320" y="292" font-size="16" fill="#e8e8e8" text-anchor="middle">${escaped(below)}</text>
  </svg>`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0) ?? 0};`);

function glyphs(): Map<string, Stamp> {
  const { width, height } = DIGIT;
  const stampOf = (character: string): Stamp => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="#111"/><text x="10" y="25" font-family="${FAMILY}" font-size="26" fill="#fff" text-anchor="middle">${character}</text></svg>`;
    return { width, height, luma: i420Of(pixelsOf(svg, width, height), width, height).subarray(0, width * height) };
  };
  return new Map([..."0123456789:"].map((character) => [character, stampOf(character)]));
}

/** RGBA, row by row. */
function pixelsOf(svg: string, width: number, height: number): Uint8Array {
  const image = new Resvg(svg, { font: FONT, fitTo: { mode: "original" } }).render();
  if (image.width !== width || image.height !== height) throw new Error("The drawing has another size.");
  return image.pixels;
}

/** BT.601, limited range, from RGBA. Even width and height. */
export function i420Of(rgba: Uint8Array, width: number, height: number): Uint8Array {
  const size = width * height;
  const frame = new Uint8Array(size * 1.5);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const at = (row * width + column) * 4;
      const [red, green, blue] = [rgba[at]!, rgba[at + 1]!, rgba[at + 2]!];
      frame[row * width + column] = 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255;
      if (row % 2 || column % 2) continue;
      const chroma = size + ((row / 2) * width) / 2 + column / 2;
      frame[chroma] = 128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255;
      frame[chroma + size / 4] = 128 + (112 * red - 93.786 * green - 18.214 * blue) / 255;
    }
  return frame;
}

/** Lays a stamp over the brightness; its colour stays what is below. */
function lay(frame: Uint8Array, { width, height, luma }: Stamp, left: number, top: number): void {
  for (let row = 0; row < height; row++)
    frame.set(luma.subarray(row * width, (row + 1) * width), (top + row) * WIDTH + left);
}

function disc(frame: Uint8Array, x: number, y: number, radius: number): void {
  for (let row = Math.ceil(y - radius); row <= y + radius; row++) {
    const half = Math.sqrt(radius * radius - (row - y) ** 2);
    frame.fill(220, row * WIDTH + Math.round(x - half), row * WIDTH + Math.round(x + half));
  }
}
