import { z } from "zod";
import { erasable, worded } from "../shape.ts";
import { Slate, SlateText } from "../words.ts";

export const state = {
  /** The body's own words on a slate; `null`: the house's. */
  slates: z.record(Slate, erasable),
};

export const events = {
  "slate.written": worded({ slate: Slate }, { text: SlateText.nullable() }),
};

export const refusals = [] as const;
