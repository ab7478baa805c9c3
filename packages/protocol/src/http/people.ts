import { PersonName, Role } from "@raadhuis/meeting";
import { z } from "zod";
import { PartyOrNone } from "./words.ts";

export const PersonBody = z.strictObject({ name: PersonName, party: PartyOrNone, role: Role });
export type PersonBody = z.input<typeof PersonBody>;
export const Person = z.object({ id: z.string(), name: z.string(), party: z.string().nullable(), role: Role });
export type Person = z.infer<typeof Person>;

/** Most people of one list. */
export const MOST_OF_LIST = 1000;

export const PeopleList = z.strictObject({
  key: z
    .string()
    .min(8)
    .max(64)
    .describe(
      "Chosen by whoever asks, one for each list: what comes again with it is answered again and not done twice.",
    ),
  known: z
    .enum(["keep", "change"])
    .describe("Those who are in the roster already, by their name, stay as they are or become as the list has them."),
  // Looked at line by line, so that a refusal can say which.
  people: z
    .array(z.strictObject({ name: z.string(), party: z.string().nullable(), role: z.string() }))
    .min(1)
    .max(MOST_OF_LIST),
});
export type PeopleList = z.input<typeof PeopleList>;
export const PeopleListDone = z.object({ added: z.int(), changed: z.int(), kept: z.int() });
export type PeopleListDone = z.infer<typeof PeopleListDone>;
