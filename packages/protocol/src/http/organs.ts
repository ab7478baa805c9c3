import { OrganName } from "@raadhuis/meeting";
import { z } from "zod";

/** A council, a committee, a college. */
export const Organ = z.object({ id: z.string(), name: z.string() });
export type Organ = z.infer<typeof Organ>;
export const OrganBody = z.strictObject({ name: OrganName });
export const MOST_ORGANS = 100;
