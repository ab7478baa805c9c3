import { z } from "zod";
import { SeatId } from "../ids.ts";
import { wordless } from "../shape.ts";

export const state = {
  floor: z.object({
    holder: SeatId.nullable(),
    /** Raised hands, oldest first. */
    queue: z.array(SeatId),
  }),
};

const seat = SeatId;

export const events = {
  "hand.raised": wordless({ seat }),
  "hand.lowered": wordless({ seat }),
  "floor.given": wordless({ seat }),
  "floor.taken": wordless({ seat }),
};

export const refusals = ["hand.already-raised", "hand.not-raised", "floor.already-held", "floor.not-held"] as const;
