import type { DatabaseAt } from "@raadhuis/protocol/settings";
import type { Part } from "../parts/part.ts";
import { openStore } from "../store/store.ts";

/** All that is kept. `now`: the clock by which it is dated. */
export async function storePart(at: DatabaseAt, now: () => number) {
  const store = await openStore(at, { now });
  const part: Part = { name: "store", stop: () => store.close() };
  return { part, store };
}
