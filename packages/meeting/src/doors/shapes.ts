import { z } from "zod";
import { Instant, SeatId } from "../ids.ts";
import { wordless } from "../shape.ts";
import { Doors } from "../words.ts";

/**
 * A stretch of the meeting with one set of doors and one LiveKit room, `<meeting>-<number>`.
 * Whenever the meeting goes on air, or its doors change, a new epoch begins and everybody's
 * microphone and camera start off: nobody is on air by accident.
 */
export const Epoch = z.object({
  number: z.int().positive(),
  doors: Doors,
  onAir: z.boolean(),
  since: Instant,
  /** Seats without a standing right that may stay while the doors are closed. */
  admitted: z.array(SeatId),
});
export type Epoch = z.infer<typeof Epoch>;

export const state = { epoch: Epoch };

const epoch = z.int().positive();

export const events = {
  "doors.closed": wordless({ epoch, admitted: z.array(SeatId) }),
  "doors.opened": wordless({ epoch }),
};

export const refusals = ["doors.already-closed", "doors.already-open"] as const;
