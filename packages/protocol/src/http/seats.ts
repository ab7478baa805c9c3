import { z } from "zod";
import { Secret } from "./words.ts";

export const RedeemBody = z.strictObject({ meeting: z.string().max(32), secret: Secret });
/** Whose seat a session is for. */
export const SeatSession = z.object({ meeting: z.string(), seat: z.string() });
export type SeatSession = z.infer<typeof SeatSession>;
