import { chooseEncoding, type Encoding, type Wish } from "./layers.ts";

/** One way to send a track: an encoding, or part of one. `temporal`: its highest temporal layer; `null`: all. */
export interface Quality {
  encoding: Encoding;
  temporal: number | null;
  /** bit/s; 0: not known yet. */
  bitrate: number;
}

/**
 * The qualities that a wish allows of what arrives now, from low to high; the first may be thinned to fewer frames, as a
 * last resort. Of a track of which nothing arrives yet: the one to wait for. Empty: there is none. `encodings` from low
 * to high.
 */
export function qualitiesOf(encodings: readonly Encoding[], wish: Wish): Quality[] {
  const best = chooseEncoding(encodings, wish);
  if (best === null) return [];
  const arriving = encodings.slice(0, encodings.indexOf(best) + 1).filter(({ bitrate }) => bitrate > 0);
  const allowed = arriving.length > 0 ? arriving : [best];
  const qualities: Quality[] = [];
  for (const encoding of allowed) {
    const top = topTemporal(encoding, wish.fps);
    const parts =
      qualities.length === 0 ? [...encoding.temporal.keys()].slice(0, top ?? encoding.temporal.length - 1) : [];
    for (const temporal of parts) qualities.push({ encoding, temporal, bitrate: encoding.temporal[temporal] ?? 0 });
    qualities.push({
      encoding,
      temporal: top,
      bitrate: top === null ? encoding.bitrate : (encoding.temporal[top] ?? 0),
    });
  }
  return qualities;
}

/** The lowest temporal layer that has the wished frames: each layer doubles those below it. `null`: all. */
function topTemporal({ temporal, fps }: Encoding, wished: number): number | null {
  if (wished === 0 || fps === 0 || temporal.length < 2) return null;
  const last = temporal.length - 1;
  const enough = [...temporal.keys()].find((layer) => fps / 2 ** (last - layer) >= wished * 0.9) ?? last;
  return enough === last ? null : enough;
}
