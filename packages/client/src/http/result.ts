import type { ErrorPlace } from "@raadhuis/protocol/http";

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

/** An answer or a failure. `house.failed`: nothing or nonsense came back. `page.outdated`: an answer of another version. */
export type Result<T> = { ok: true; value: T } | Failure;
