/**
 * Asks again until the answer is true (or anything but false, null and undefined), and gives it; after `ms` it fails
 * with what was waited for and the last error or answer. For what has no event to wait on.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | false | null | undefined> | T | false | null | undefined,
  ms = 60_000,
  pause = 50,
): Promise<T> {
  const end = performance.now() + ms;
  let last: unknown;
  do {
    try {
      const answer = await ask();
      if (answer !== false && answer !== null && answer !== undefined) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  } while (performance.now() < end);
  throw new Error(`Waited ${ms} ms in vain for: ${what}${last instanceof Error ? ` (${last.message})` : ""}`, {
    cause: last,
  });
}
