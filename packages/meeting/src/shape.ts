import { z } from "zod";

/** Words that come from an event's payload are `null` once that payload is erased. */
export const erasable = z.string().nullable();

/** The two parts of one kind of event. */
export interface EventShape {
  /** Ids, kinds and numbers: no personal data, never erased; alone decides rights and results. */
  structure: z.ZodType;
  /** Names and texts; may be erased. */
  payload: z.ZodType;
}

/** An event that holds no words. */
export const wordless = <S extends z.ZodRawShape>(structure: S) =>
  ({
    structure: z.strictObject(structure),
    payload: z.null(),
  }) satisfies EventShape;

/** An event with words in its payload. */
export const worded = <S extends z.ZodRawShape, P extends z.ZodRawShape>(structure: S, payload: P) =>
  ({
    structure: z.strictObject(structure),
    payload: z.strictObject(payload),
  }) satisfies EventShape;
