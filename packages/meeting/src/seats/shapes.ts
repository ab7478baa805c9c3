import { z } from "zod";
import { SeatId } from "../ids.ts";
import { erasable, worded, wordless } from "../shape.ts";
import { PartyName, PersonName, Role } from "../words.ts";

export const Seat = z.object({
  id: SeatId,
  role: Role,
  name: erasable,
  party: erasable,
  /** A removed seat has no right until it is admitted anew. */
  removed: z.boolean(),
  present: z.boolean(),
  /** Has been in the chamber, now or before: whoever is not present has left, or has not come yet. */
  wasIn: z.boolean(),
});
export type Seat = z.infer<typeof Seat>;

export const state = {
  /** In order of assignment. */
  seats: z.array(Seat),
};

const seat = SeatId;
const several = z.array(SeatId).min(1);

export const events = {
  "seat.assigned": worded({ seat, role: Role }, { name: PersonName, party: PartyName.nullable() }),
  "seat.removed": wordless({ seat }),
  "seat.readmitted": wordless({ seat }),
  /** All who came within a moment. */
  "seat.arrived": wordless({ seats: several }),
  /** `said`: they pressed Leave; whoever dropped out may be back within a minute, and keeps hand and floor so long. */
  "seat.left": wordless({ seats: several, said: z.boolean() }),
};

export const refusals = [
  "seat.unknown",
  "seat.exists",
  "seat.name-taken",
  "seat.removed",
  "seat.not-removed",
  "seat.not-admitted",
  "seat.absent",
  "seat.present",
  "seat.last-chair",
  "role.not-allowed",
] as const;
