import { z } from "zod";

/** A DatabaseAt as tests tell it to another process. */
export const At = z.union([
  z.object({ file: z.string() }),
  z.object({
    postgres: z.object({
      ...{ host: z.string(), port: z.int(), user: z.string(), password: z.null(), database: z.string(), tls: z.null() },
    }),
  }),
]);
