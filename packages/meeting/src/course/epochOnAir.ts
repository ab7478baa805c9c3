import { formOf } from "../forms.ts";
import type { MeetingState } from "../state.ts";

/** Number of the epoch in which a meeting that is opened or resumed goes on: a new one only where it goes on air. */
export const epochOnAir = ({ kind, epoch }: Pick<MeetingState, "kind" | "epoch">): number =>
  formOf({ kind }).gallery && epoch.doors === "open" ? epoch.number + 1 : epoch.number;
