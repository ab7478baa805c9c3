import { Announcement, PublicIndex, ReleasedState } from "@raadhuis/protocol/public";
import type { z } from "zod";
import { Parts } from "./parts.ts";

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

const ask = (path: string, cache: RequestCache = "no-cache"): Promise<Response> =>
  fetch(`/public/${path}`, { credentials: "omit", cache, signal: AbortSignal.timeout(PATIENCE_MS) });

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
const present = (meeting: string) => released(`${meeting}/state.json`, ReleasedState);

/** Of the meeting that is looked at. */
let parts: { meeting: string; known: Parts } | null = null;

async function fetchPart(meeting: string, name: string): Promise<unknown> {
  const response = await ask(`${meeting}/${name}`, "default");
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

/** The state with its agenda and all of its timeline. */
export async function state(meeting: string): Promise<Released<ReleasedState>> {
  const found = await present(meeting);
  if (!found.ok) return found;
  if (parts?.meeting !== meeting) parts = { meeting, known: new Parts((name) => fetchPart(meeting, name)) };
  return parts.known.whole(found.value).then(
    (value) => ({ ...found, value }),
    () => ({ ok: false, why: "unreachable" }),
  );
}

/** A stream that nothing was added to for so long is not live, whatever its state says, ms. */
const STALE_MS = 5 * 60_000;

/** Whether a meeting is being broadcast and has begun: the public has seen more than the picture that stands before the opening. */
export async function isLive(meeting: string): Promise<boolean> {
  const found = await present(meeting);
  if (!found.ok || found.value.ended) return false;
  const { until, delayMs = 0, parts, timeline } = found.value;
  // By the gallery's clock alone: the reader's may be wrong.
  if (found.clock - until > delayMs + STALE_MS) return false;
  return (parts?.timeline ?? null) !== null || timeline.some(({ scene }) => scene !== "before");
}

export const fileOf = (meeting: string, file: string): string => `/public/${meeting}/${file}`;
