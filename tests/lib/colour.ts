import type { Rgb } from "./signals.ts";

/**
 * How far two colours are apart in hue and saturation, 0..1, whatever their brightness: the distance of their
 * chroma (BT.601 Cb, Cr), because encoders keep hue better than brightness. Two greys are at 0.
 */
export function colourDistance(one: Rgb, other: Rgb): number {
  const [b1, r1] = chromaOf(one);
  const [b2, r2] = chromaOf(other);
  return Math.hypot(b1 - b2, r1 - r2) / 255;
}

function chromaOf([red, green, blue]: Rgb): [number, number] {
  return [-0.169 * red - 0.331 * green + 0.5 * blue, 0.5 * red - 0.419 * green - 0.081 * blue];
}

/** Near enough to be the same person's colour after two encodings; the signals of the tests are 0.2 apart at least. */
export const SAME_COLOUR = 0.1;
export const isColour = (seen: Rgb, expected: Rgb): boolean => colourDistance(seen, expected) < SAME_COLOUR;
