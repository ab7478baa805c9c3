import { z } from "zod";
import { AccountId, SeatId } from "./ids.ts";

/** A part of the house that does something by itself. `presence`: it sees who is here. */
export const HousePart = z.enum(["presence"]);
export type HousePart = z.infer<typeof HousePart>;

/**
 * Who did it: a seat, a clerk by the account they signed in to (`null`: the record of that time does not say which), or a
 * part of the house.
 */
export const Actor = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("seat"), seat: SeatId }),
  z.strictObject({ kind: z.literal("account"), account: AccountId.nullable() }),
  z.strictObject({ kind: z.literal("house"), part: HousePart }),
]);
export type Actor = z.infer<typeof Actor>;
