import { createRequire } from "node:module";
import { Resvg, renderAsync } from "@resvg/resvg-js";
import { AV_PIX_FMT_RGBA, AV_PIX_FMT_YUV420P, SWS_BILINEAR } from "node-av/constants";
import { SoftwareScaleContext } from "node-av/lib";
import { planesOf } from "./canvas.ts";
import { bytesOf, type Picture } from "./picture.ts";

const FAMILY = "Noto Sans";
const { resolve } = createRequire(import.meta.url);
/** The house brings its own letters: a slate looks the same on every machine. */
const font = {
  loadSystemFonts: false,
  defaultFontFamily: FAMILY,
  fontFiles: ["400Regular/NotoSans_400Regular", "600SemiBold/NotoSans_600SemiBold"].map((name) =>
    resolve(`@expo-google-fonts/noto-sans/${name}.ttf`),
  ),
};

export type Weight = 400 | 600;

/** An SVG drawing of even width and height as an opaque I420 picture (BT.601, as cameras deliver). */
export async function raster(svg: string): Promise<Picture> {
  const image = await renderAsync(svg, { font });
  const { width, height } = image;
  const picture: Picture = { width, height, data: Buffer.allocUnsafe(bytesOf(width, height)) };
  const scaler = new SoftwareScaleContext();
  scaler.getContext(width, height, AV_PIX_FMT_RGBA, width, height, AV_PIX_FMT_YUV420P, SWS_BILINEAR);
  const { planes, strides } = planesOf(picture);
  await scaler.scale([image.pixels], [width * 4], 0, height, planes, strides);
  scaler.freeContext();
  return picture;
}

/** XML 1.0 (2.2) has no place for control characters, surrogates, U+FFFE and U+FFFF: one would break the drawing. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`).replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, " ");

const widths = new Map<string, number>();

/** Width of a line of text, px. */
export function widthOf(text: string, size: number, weight: Weight): number {
  const key = `${size} ${weight} ${text}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  if (widths.size > 2000) widths.clear();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="200"><text x="0" y="100" font-family="${FAMILY}" font-size="${size}" font-weight="${weight}">${escapeXml(text)}</text></svg>`;
  const box = new Resvg(svg, { font }).getBBox();
  const width = box ? box.x + box.width : 0;
  widths.set(key, width);
  return width;
}

/** Breaks a text between words into at most `most` lines of at most `width` px; what is left over ends in "…". */
export function wrap(text: string, size: number, weight: Weight, width: number, most: number): string[] {
  const lines: string[] = [];
  const words = text.split(/\s+/).filter(Boolean);
  while (words.length > 0 && lines.length < most) {
    let line = words.shift()!;
    while (words[0] !== undefined && widthOf(`${line} ${words[0]}`, size, weight) <= width) line += ` ${words.shift()}`;
    lines.push(line);
  }
  if (words.length > 0) lines.push(`${lines.pop()} ${words.join(" ")}`);
  return lines.map((line) => shorten(line, size, weight, width));
}

function shorten(line: string, size: number, weight: Weight, width: number): string {
  if (widthOf(line, size, weight) <= width) return line;
  const letters = [...line];
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(`${letters.slice(0, middle).join("")}…`, size, weight) <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join("").trimEnd()}…`;
}

/** One line of text; `y` is its baseline. */
export const textAt = (x: number, y: number, size: number, weight: Weight, fill: string, text: string): string =>
  `<text x="${x}" y="${y}" font-family="${FAMILY}" font-size="${size}" font-weight="${weight}" fill="${fill}">${escapeXml(text)}</text>`;
