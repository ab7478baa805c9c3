import { setTimeout as pause } from "node:timers/promises";

/** The first value that is neither null nor undefined nor false, asked for again and again; else an error that names it. */
export async function until<T>(
  what: string | (() => string),
  ask: () => Promise<T | null | undefined | false> | T | null | undefined | false,
  ms = 15_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms in vain: ${typeof what === "string" ? what : what()}`);
    await pause(50);
  }
}
