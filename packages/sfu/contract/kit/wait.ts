import { setTimeout as pause } from "node:timers/promises";

/**
 * The first value that is neither null nor undefined nor false, asked for again and again; else an error that names it
 * and what went wrong in asking the last time. By default most of a minute: a machine may be busy with something else,
 * and a wait that ends well costs nothing.
 */
export async function until<T>(
  what: string | (() => string),
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  ms = 45_000,
): Promise<T> {
  const deadline = performance.now() + ms;
  for (;;) {
    let cause: unknown;
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) return answer;
    } catch (error) {
      cause = error;
    }
    if (performance.now() > deadline) {
      const why = cause instanceof Error ? ` (${cause.message})` : "";
      throw new Error(`Waited ${ms} ms in vain: ${typeof what === "string" ? what : what()}${why}`, { cause });
    }
    await pause(50);
  }
}

/** Waits until what is asserted holds; else its last failure. For what one side knows a little later than another. */
export async function eventually(check: () => Promise<void> | void, ms = 45_000): Promise<void> {
  const deadline = performance.now() + ms;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
    await pause(50);
  }
}
