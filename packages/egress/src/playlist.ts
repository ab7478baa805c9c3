import { FRAME_MS, FRAMES_PER_SECOND, SEGMENT_MS } from "./picture.ts";
import { endOf, initName, mediaName, type Segment } from "./segment.ts";

/** How much of the stream the live playlist holds, ms. */
export const WINDOW_MS = 60_000;

/** The segments of the last minute, up to and with the newest. `released`: oldest first; from `withdrawn` on. */
export function windowOf(released: readonly Segment[], withdrawn = 0): Segment[] {
  const newest = released.at(-1);
  if (!newest) return [];
  const from = endOf(newest) - WINDOW_MS;
  let first = released.length;
  while (first > withdrawn && released[first - 1]!.at >= from) first--;
  return released.slice(first);
}

/** A player must begin its decoder's clock anew here: another encoder run, or time jumps where a segment was lost. */
const breaks = (before: Segment | undefined, segment: Segment): boolean =>
  before !== undefined && (before.run !== segment.run || Math.abs(endOf(before) - segment.at) > FRAME_MS / 2);

/** Of one rendition; `live.m3u8` names them all. */
export const playlistName = (rendition: string): string => `${rendition}.m3u8`;

/**
 * One rendition's playlist (RFC 8216bis): the last minute, each segment with its programme time. A segment that was left
 * out of this rendition keeps its place, as a gap: a player goes on with another rendition, or jumps.
 * @param released every segment released so far, oldest first; at least one
 * @param ended nothing follows
 * @param rendition its id; none for the broadcast's first one, of which no segment is left out
 * @param withdrawn how many of `released`, from the oldest on, were taken back: they are counted, and not shown
 */
export function mediaPlaylist(released: readonly Segment[], ended: boolean, rendition?: string, withdrawn = 0): string {
  const shown = windowOf(released, withdrawn);
  const first = released.length - shown.length;
  const lines = [
    "#EXTM3U",
    "#EXT-X-VERSION:7",
    `#EXT-X-TARGETDURATION:${SEGMENT_MS / 1000}`,
    "#EXT-X-INDEPENDENT-SEGMENTS",
    `#EXT-X-MEDIA-SEQUENCE:${first}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitiesUpTo(released, first)}`,
  ];
  let mapped = false;
  for (const [index, segment] of shown.entries()) {
    const broken = breaks(released[first + index - 1], segment);
    const isGap = rendition !== undefined && !(rendition in segment.more);
    if (broken) mapped = false;
    if (index > 0 && broken) lines.push("#EXT-X-DISCONTINUITY");
    // Of a run that all was left out of so far there is no init segment in public.
    if (!isGap && !mapped) lines.push(`#EXT-X-MAP:URI="${initName(segment.run, rendition)}"`);
    mapped ||= !isGap;
    if (isGap) lines.push("#EXT-X-GAP");
    lines.push(
      `#EXT-X-PROGRAM-DATE-TIME:${new Date(Math.round(segment.at)).toISOString()}`,
      `#EXTINF:${(segment.frames / FRAMES_PER_SECOND).toFixed(3)},`,
      mediaName(segment.number, rendition),
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
