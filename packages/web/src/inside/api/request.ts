import { ErrorBody } from "@raadhuis/protocol";
import type { z } from "zod";

/** An answer, or the stable code of what went wrong. `house.failed`: nothing or nonsense came back. */
export type Result<T> = { ok: true; value: T } | { ok: false; code: string };

/** One request to the chamber's HTTP API, its answer parsed. Never throws. */
export async function request<Schema extends z.ZodType>(
  method: "GET" | "POST" | "PUT" | "DELETE",
  path: string,
  schema: Schema,
  body?: unknown,
): Promise<Result<z.infer<Schema>>> {
  try {
    const response = await fetch(path, {
      method,
      credentials: "same-origin",
      cache: "no-store",
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const json: unknown = response.status === 204 ? undefined : await response.json();
    if (!response.ok) {
      const error = ErrorBody.safeParse(json);
      return { ok: false, code: error.success ? error.data.code : "house.failed" };
    }
    const parsed = schema.safeParse(json);
    return parsed.success ? { ok: true, value: parsed.data } : { ok: false, code: "page.outdated" };
  } catch {
    return { ok: false, code: "house.failed" };
  }
}
