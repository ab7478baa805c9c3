import { setTimeout as wait } from "node:timers/promises";

/** Looks until it is so, and fails after a while with what was waited for. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>, ms = 20_000): Promise<void> {
  for (const end = Date.now() + ms; !(await isSo()); await wait(10))
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}.`);
}
