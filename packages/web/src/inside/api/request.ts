import { ErrorBody, type ErrorPlace } from "@raadhuis/protocol/http";
import type { z } from "zod";

/**
 * What went wrong, by its stable code; the seconds after which it is worth trying again, and where in the request it
 * is, where that was said.
 */
export interface Failure {
  ok: false;
  code: string;
  wait?: number | null;
  at?: ErrorPlace;
}

/** An answer or a failure. `house.failed`: nothing or nonsense came back. */
export type Result<T> = { ok: true; value: T } | Failure;

/** Of the house's own state, not of whoever asks: it passes, and it is worth asking again. */
export const isPassing = (code: string): boolean => code.startsWith("house.");

/** An unanswered question ends after so long, ms; whoever asked says so. */
const PATIENCE_MS = 20_000;
/** The same for a question that is asked again and again until the line is back. */
export const RETRY_PATIENCE_MS = 3_500;

/** One request to the chamber's HTTP API, its answer parsed. Never throws. */
export async function request<Schema extends z.ZodType>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  schema: Schema,
  body?: unknown,
  patienceMs = PATIENCE_MS,
): Promise<Result<z.infer<Schema>>> {
  try {
    const response = await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      signal: AbortSignal.timeout(patienceMs),
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const json: unknown = response.status === 204 ? undefined : await response.json();
    if (!response.ok) {
      const error = ErrorBody.safeParse(json);
      const { code, at } = error.success ? error.data : { code: "house.failed", at: undefined };
      return { ok: false, code, wait: waitOf(response), ...(at ? { at } : {}) };
    }
    const parsed = schema.safeParse(json);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, code: "page.outdated" };
  } catch {
    return { ok: false, code: "house.failed" };
  }
}

/** Retry-After in seconds (RFC 9110, 10.2.3); the house sends no dates. */
function waitOf({ headers }: Response): number | null {
  const seconds = headers.get("retry-after") ?? "";
  return /^\d{1,6}$/.test(seconds) ? Number(seconds) : null;
}
