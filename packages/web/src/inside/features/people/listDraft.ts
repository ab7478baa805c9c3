import { Role } from "@raadhuis/meeting";
import { z } from "zod";
import { newId } from "../live/ids.ts";
import { type Choices, noChoices } from "./list/readList.ts";

/** A list as it is kept while it is looked at. */
export interface ListDraft {
  text: string;
  choices: Choices;
  /** What becomes of those who are in the roster already. */
  known: "keep" | "change";
  /** One for each list: pressed again after a lost answer, also after a reload, it is the same one. */
  key: string;
}

const Mending = z.object({
  name: z.string().exactOptional(),
  party: z.string().exactOptional(),
  leftOut: z.boolean().exactOptional(),
});

export const listDraft: z.ZodType<ListDraft> = z.object({
  text: z.string(),
  choices: z.object({
    delimiter: z.enum(["tab", "semicolon", "comma", "none"]).nullable(),
    roles: z.record(z.string(), Role),
    mendings: z.record(z.string(), Mending),
  }),
  known: z.enum(["keep", "change"]),
  key: z.string(),
});

export const noList = (): ListDraft => ({ text: "", choices: noChoices, known: "keep", key: newId() });
