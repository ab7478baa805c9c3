import type { ListLine } from "./readList.ts";

/** What becomes of a line, or what keeps it from becoming something. */
export type LineState = "wrong" | "asked" | "left-out" | "known" | "new";

export function stateOf({ fault, leftOut, known, role }: ListLine): LineState {
  if (leftOut !== false) return "left-out";
  if (fault) return "wrong";
  if (role === null) return "asked";
  return known ? "known" : "new";
}
