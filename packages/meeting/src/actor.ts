import { z } from "zod";
import { SeatId } from "./ids.ts";

/** Who did it. `office`: a clerk signed in at the office. `house`: the server itself, as for presence. */
export const Actor = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("seat"), seat: SeatId }),
  z.strictObject({ kind: z.literal("office") }),
  z.strictObject({ kind: z.literal("house") }),
]);
export type Actor = z.infer<typeof Actor>;
