import { FRAMES_PER_SECOND, SEGMENT_MS } from "./picture.ts";
import { playlistName } from "./playlist.ts";
import { AUDIO_BIT_RATE, bufferOf, type Rendition, type Renditions } from "./renditions.ts";

/** Boxes around picture and sound, bits a second: some 2 kB for a segment. */
const BOXES = 10_000;

/** RFC 6381: H.264 in High Profile of that level, and AAC-LC. */
export const codecsOf = ({ level }: Rendition): string =>
  `avc1.6400${level.toString(16).padStart(2, "0").toUpperCase()},mp4a.40.2`;

/** The most that a segment may have, bits a second: the rate, and the decoder's buffer filled during it. */
export const peakOf = (rendition: Rendition): number =>
  Math.ceil(rendition.mostBitRate + (bufferOf(rendition) * 1000) / SEGMENT_MS + AUDIO_BIT_RATE + BOXES);

/**
 * `live.m3u8` (RFC 8216bis, 4.4.6): the renditions of the broadcast, each with the address of its playlist. Players fetch it
 * once, so it says from the beginning all that may come.
 */
export function multivariantPlaylist(renditions: Renditions): string {
  const lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"];
  for (const rendition of renditions) {
    const { id, width, height, bitRate } = rendition;
    const attributes = {
      BANDWIDTH: peakOf(rendition),
      "AVERAGE-BANDWIDTH": bitRate + AUDIO_BIT_RATE + BOXES,
      CODECS: `"${codecsOf(rendition)}"`,
      RESOLUTION: `${width}x${height}`,
      "FRAME-RATE": FRAMES_PER_SECOND.toFixed(3),
    };
    const said = Object.entries(attributes).map(([name, value]) => `${name}=${value}`);
    lines.push(`#EXT-X-STREAM-INF:${said.join(",")}`, playlistName(id));
  }
  return `${lines.join("\n")}\n`;
}
