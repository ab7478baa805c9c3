import { z } from "zod";
import type { Format } from "./formats.ts";

/** What happened, in the words of some format. `payload` is `null` also where it was erased. */
export interface Happened {
  type: string;
  structure: Readonly<Record<string, unknown>>;
  payload: Readonly<Record<string, unknown>> | null;
  readonly [field: string]: unknown;
}

/** Says in the words of the next format what was written in one. It keeps what it does not know: that is refused later. */
export type Upcast = (event: Happened) => Happened;

/** By the format, and by the kind of event in it. */
export type Upcasts = { readonly [F in Format]?: Readonly<Record<string, Upcast>> };

const office = z.strictObject({ kind: z.literal("office") });
const house = z.strictObject({ kind: z.literal("house") });

/** Who did it, in the words of the next format. The first one named no clerk, and only presence did anything by itself. */
export const actors: { readonly [F in Format]?: (by: unknown) => unknown } = {
  "raadhuis-record/1": (by) => {
    if (office.safeParse(by).success) return { kind: "account", account: null };
    if (house.safeParse(by).success) return { kind: "house", part: "presence" };
    return by;
  },
};
