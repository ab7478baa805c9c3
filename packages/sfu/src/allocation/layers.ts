import { VideoQuality } from "@livekit/protocol";

/**
 * What of a track can be forwarded, and what is known of it now: an encoding of simulcast, or a spatial layer of a
 * scalable encoding (VP9, AV1) with those below it. `bitrate` 0: nothing arrives. Sizes in pixels.
 */
export interface Encoding {
  /** Medooze's: the rid, if there is one. */
  id: string;
  /** Spatial layer, 0 the lowest; `null`: the encoding has only one. */
  layer: number | null;
  bitrate: number;
  /** bit/s up to and including each of its temporal layers; fewer than two: there are none. */
  temporal: readonly number[];
  /** Frames a second, of all temporal layers. */
  fps: number;
  width: number | null;
  height: number | null;
}

/** What a subscriber wants to see. Dimensions, where given, win over the quality (as with LiveKit). */
export interface Wish {
  quality: VideoQuality;
  width: number;
  height: number;
  /** 0: any. */
  fps: number;
}

/**
 * The encoding to forward: the highest that the wish allows of those that arrive; when none of these arrives, the
 * lowest that does; when nothing arrives yet, the lowest. `encodings` from low to high.
 */
export function chooseEncoding(encodings: readonly Encoding[], wish: Wish): Encoding | null {
  const limit = limitOf(encodings, wish);
  const arriving = encodings.filter((encoding) => encoding.bitrate > 0);
  const allowed = arriving.filter((encoding) => encodings.indexOf(encoding) <= limit);
  return allowed.at(-1) ?? arriving[0] ?? encodings[0] ?? null;
}

/** The quality, as its publisher is told, that is enough for the wish. */
export function wantedQuality(encodings: readonly Encoding[], wish: Wish): VideoQuality {
  if (wish.width === 0 || wish.height === 0) return wish.quality;
  const limit = limitOf(encodings, wish);
  if (limit >= encodings.length - 1) return VideoQuality.HIGH;
  return limit === 0 ? VideoQuality.LOW : VideoQuality.MEDIUM;
}

/** Index of the highest encoding that the wish allows. */
function limitOf(encodings: readonly Encoding[], wish: Wish): number {
  const last = encodings.length - 1;
  if (wish.width > 0 && wish.height > 0) {
    // The smallest that fills the wished size. Pictures may stand upright: the shorter side counts.
    const wanted = Math.min(wish.width, wish.height);
    const enough = encodings.findIndex(
      (encoding) =>
        encoding.width !== null &&
        encoding.height !== null &&
        Math.min(encoding.width, encoding.height) >= wanted * 0.9,
    );
    return enough < 0 ? last : enough;
  }
  if (wish.quality === VideoQuality.LOW) return 0;
  if (wish.quality === VideoQuality.MEDIUM) return Math.min(1, last);
  return last;
}
