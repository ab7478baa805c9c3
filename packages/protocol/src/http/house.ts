import { z } from "zod";

export const House = z.object({
  /** Name of the body; `null` before set-up. */
  body: z.string().nullable(),
  /** The body's time zone (IANA); before set-up the one that it is proposed. */
  zone: z.string(),
  gallery: z.url(),
  demo: z.boolean(),
});
export type House = z.infer<typeof House>;
