import { FRAME_MS, FRAMES_PER_SECOND, SEGMENT_MS } from "./picture.ts";
import { endOf, initName, mediaName, type Segment } from "./segment.ts";

/** How much of the stream the live playlist holds, ms. */
export const WINDOW_MS = 60_000;

/** The segments of the last minute, up to and with the newest. `released`: oldest first. */
export function windowOf(released: readonly Segment[]): Segment[] {
  const newest = released.at(-1);
  if (!newest) return [];
  const from = endOf(newest) - WINDOW_MS;
  let first = released.length;
  while (first > 0 && released[first - 1]!.at >= from) first--;
  return released.slice(first);
}

/** A player must begin its decoder's clock anew here: another encoder run, or time jumps where a segment was lost. */
const breaks = (before: Segment | undefined, segment: Segment): boolean =>
  before !== undefined && (before.run !== segment.run || Math.abs(endOf(before) - segment.at) > FRAME_MS / 2);

/**
 * `live.m3u8` (RFC 8216): the last minute, each segment with its programme time.
 * @param released every segment released so far, oldest first; at least one
 * @param ended nothing follows
 */
export function livePlaylist(released: readonly Segment[], ended: boolean): string {
  const shown = windowOf(released);
  const first = released.length - shown.length;
  const lines = [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${SEGMENT_MS / 1000}`,
    "#EXT-X-INDEPENDENT-SEGMENTS",
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitiesUpTo(released, first)}`,
  ];
  for (const [index, segment] of shown.entries()) {
    const before = released[first + index - 1];
    if (index > 0 && breaks(before, segment)) lines.push("#EXT-X-DISCONTINUITY");
    if (index === 0 || breaks(before, segment)) lines.push(`#EXT-X-MAP:URI="${initName(segment.run)}"`);
    lines.push(
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(segment.at)).toISOString()}`,
      `#EXTINF:${(segment.frames / FRAMES_PER_SECOND).toFixed(3)},`,
      mediaName(segment.number),
    );
  }
  if (ended) lines.push("#EXT-X-ENDLIST");
  return `${lines.join("\n")}\n`;
}

/** Discontinuity sequence number of the segment at `index`: how many breaks lie at or before it. */
function discontinuitiesUpTo(released: readonly Segment[], index: number): number {
  let count = 0;
  for (let i = 1; i <= Math.min(index, released.length - 1); i++) if (breaks(released[i - 1], released[i]!)) count++;
  return count;
}
