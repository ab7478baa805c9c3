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

/** What a program that can do nothing about a failure throws. */
export class Refused extends Error {
  readonly code: string;
  constructor({ code, at }: Failure) {
    super(at ? `${code} (${JSON.stringify(at)})` : code);
    this.name = "Refused";
    this.code = code;
  }
}

/** The answer, for whoever goes no further without it. Throws Refused. */
export function orThrow<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused(result);
}
