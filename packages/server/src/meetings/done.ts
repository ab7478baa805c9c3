import { formOf } from "@raadhuis/meeting";
import type { Summary } from "../store/record.ts";

/** Over, and nothing more to be broadcast of it. */
export const isDone = ({ phase, kind, broadcastOver }: Summary): boolean =>
  phase === "ended" && (broadcastOver || !formOf({ kind }).gallery);
