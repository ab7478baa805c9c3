import { Announcement, PublicIndex, ReleasedState } from "@raadhuis/protocol/public";
import type { z } from "zod";

/** A question on a line that has gone dead ends after so long, ms, and is asked again. */
const PATIENCE_MS = 20_000;

/**
 * What the gallery's clock showed when it answered, ms: readers' clocks are often minutes off. Something in between that
 * answers for it says how long ago that was (RFC 9111, 5.1).
 */
function clockOf(headers: Headers): number {
  const date = Date.parse(headers.get("date") ?? "");
  const age = Number(headers.get("age") ?? 0);
  return Number.isNaN(date) ? Date.now() : date + (Number.isFinite(age) ? age * 1000 : 0);
}

/** A released file, or why there is none: `missing` is an answer, `unreachable` is worth asking again. */
export type Released<T> = { ok: true; value: T; clock: number } | { ok: false; why: "missing" | "unreachable" };

const ask = (path: string): Promise<Response> =>
  fetch(`/public/${path}`, {
    credentials: "omit",
    cache: "no-cache",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });

async function released<Schema extends z.ZodType>(path: string, schema: Schema): Promise<Released<z.infer<Schema>>> {
  try {
    const response = await ask(path);
    if (response.status === 404) return { ok: false, why: "missing" };
    if (!response.ok) return { ok: false, why: "unreachable" };
    const parsed = schema.safeParse(await response.json());
    return parsed.success
      ? { ok: true, value: parsed.data, clock: clockOf(response.headers) }
      : { ok: false, why: "unreachable" };
  } catch {
    return { ok: false, why: "unreachable" };
  }
}

export const index = () => released("index.json", PublicIndex);
export const announcement = (meeting: string) => released(`${meeting}/announcement.json`, Announcement);
export const state = (meeting: string) => released(`${meeting}/state.json`, ReleasedState);

/** A stream that nothing was added to for so long is not live, whatever its playlist says, ms. */
const STALE_MS = 5 * 60_000;

/** Of these the public has seen more than the picture that stands before the opening: asked once, as the file grows. */
const begun = new Set<string>();

async function hasBegun(meeting: string): Promise<boolean> {
  if (begun.has(meeting)) return true;
  const known = await state(meeting);
  const shown = known.ok && known.value.timeline.some(({ scene }) => scene !== "before");
  if (shown) begun.add(meeting);
  return shown;
}

/** Whether a meeting is being broadcast and has begun: by its playlist, which is small however long the meeting. */
export async function isLive(meeting: string): Promise<boolean> {
  try {
    const response = await ask(`${meeting}/live.m3u8`);
    if (!response.ok || (await response.text()).includes("#EXT-X-ENDLIST")) return false;
    // By the gallery's clock alone: the reader's may be wrong.
    const [now, then] = ["date", "last-modified"].map((name) => Date.parse(response.headers.get(name) ?? ""));
    return !(Number(now) - Number(then) > STALE_MS) && (await hasBegun(meeting));
  } catch {
    return false;
  }
}

export const fileOf = (meeting: string, file: string): string => `/public/${meeting}/${file}`;
