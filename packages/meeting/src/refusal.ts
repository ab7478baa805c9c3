import type { refusalCodes } from "./shapes.ts";

export type RefusalCode = (typeof refusalCodes)[number];

/** A refusal is data. `message` is English, for logs and developers; pages show their own words by `code`. */
export interface Refusal {
  code: RefusalCode;
  message: string;
}
