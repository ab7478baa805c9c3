import { PartyName } from "@raadhuis/meeting";
import { z } from "zod";

/** A party or none, which a form may also say by nothing. */
export const PartyOrNone = z
  .string()
  .trim()
  .pipe(z.union([z.literal(""), PartyName]))
  .nullable()
  .transform((party) => party || null);

/** A secret that a link holds. */
export const Secret = z.string().max(128).describe("What stands behind the # of a link.");
