import { z } from "zod";
import { MeetingId } from "./ids.ts";
import { stateShapes } from "./shapes.ts";

/** A meeting as its events have made it: a part of each chapter. */
export const MeetingState = z.object({
  id: MeetingId,
  /** Number of the last event folded in; the first event is 1. */
  version: z.int().positive(),
  ...stateShapes,
});
export type MeetingState = z.infer<typeof MeetingState>;
