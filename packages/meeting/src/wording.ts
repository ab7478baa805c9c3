import type { z } from "zod";

/** Why words are refused: there are none, too many, or some that cannot be seen. */
export type WordFault = "missing" | "too-long" | "odd";

/** What is wrong with words of one of the shapes in words.ts; `null`: nothing. */
export function wordFault(shape: z.ZodType<string>, text: string): WordFault | null {
  const parsed = shape.safeParse(text);
  if (parsed.success) return null;
  const codes = parsed.error.issues.map(({ code }) => code);
  if (codes.includes("too_small")) return "missing";
  return codes.includes("too_big") ? "too-long" : "odd";
}
