import { Buffer, Direction, shape } from "harfbuzzjs";
import { filesRead, type Weight } from "./faces.ts";
import { type Run, runsOf } from "./runs.ts";

/** A glyph and where it stands in its line, in units of the em. */
interface Glyph {
  id: number;
  x: number;
  y: number;
}

const MOST = 2000;
/** Widths in em. */
const widths = new Map<string, number>();
let measuredWith = 0;
const buffer = new Buffer();

/** Width of a line of text, px: exactly as it is drawn. The letters must have been read (`readLettersFor`). */
export function widthOf(text: string, size: number, weight: Weight): number {
  if (measuredWith !== filesRead()) widths.clear();
  measuredWith = filesRead();
  const key = `${weight} ${text}`;
  let width = widths.get(key);
  if (width === undefined) {
    width = runsOf(text).reduce((sum, run) => sum + shaped(run, weight).width / run.letters.unitsPerEm, 0);
    if (widths.size >= MOST) widths.clear();
    widths.set(key, width);
  }
  return width * size;
}

/** How far a line of text reaches below its baseline, px: signs under letters may hang down far. */
export function depthOf(text: string, size: number, weight: Weight): number {
  const depths = runsOf(text).flatMap((run) => {
    const font = run.letters.fonts[weight];
    return shaped(run, weight).glyphs.map(({ id, y }) => {
      const extents = font.glyphExtents(id);
      return extents ? -(y + extents.yBearing + extents.height) / run.letters.unitsPerEm : 0;
    });
  });
  return Math.max(0, ...depths) * size;
}

/** One line of text as outlines, so that nothing in it is markup and no drawing needs fonts. `y`: its baseline. */
export function textAt(x: number, y: number, size: number, weight: Weight, fill: string, text: string): string {
  let left = x;
  const runs = runsOf(text).map((run) => {
    const scale = size / run.letters.unitsPerEm;
    const { glyphs, width } = shaped(run, weight);
    const outlines = glyphs.map((glyph) => outlineOf(run, weight, glyph)).join("");
    const drawn = `<g transform="translate(${left} ${y}) scale(${scale} ${-scale})">${outlines}</g>`;
    left += width * scale;
    return drawn;
  });
  return `<g fill="${fill}">${runs.join("")}</g>`;
}

function outlineOf({ letters }: Run, weight: Weight, { id, x, y }: Glyph): string {
  const path = letters.fonts[weight].glyphToPath(id);
  return path ? `<path transform="translate(${x} ${y})" d="${path}"/>` : "";
}

/** A run as glyphs, from the left. */
export function shaped({ text, letters, level }: Run, weight: Weight): { glyphs: Glyph[]; width: number } {
  buffer.clearContents();
  buffer.addText(text);
  buffer.guessSegmentProperties();
  buffer.setDirection(level % 2 ? Direction.RTL : Direction.LTR);
  shape(letters.fonts[weight], buffer);
  let width = 0;
  const glyphs = buffer.getGlyphInfosAndPositions().map((glyph) => {
    const x = width + (glyph.xOffset ?? 0);
    width += glyph.xAdvance ?? 0;
    return { id: glyph.codepoint, x, y: glyph.yOffset ?? 0 };
  });
  return { glyphs, width };
}
