import { type Ask, askBy, clientOf } from "@raadhuis/client";
import type { HouseCode } from "../notice/codes.ts";
import { orAgain } from "./again.ts";

const ask = askBy(({ method, path, body, signal }) =>
  fetch(path, {
    method,
    signal,
    credentials: "same-origin",
    cache: "no-store",
    ...(body === undefined ? {} : { body, headers: { "content-type": "application/json" } }),
  }),
);
const askAgain: Ask = (...asked) => orAgain(() => ask(...asked));

/** The house, as it answers whoever is at this page. */
export const api = clientOf(ask);

/** For whoever is signed in: whose session is over meanwhile signs in again on the spot, and it is asked again. */
export const inSession = clientOf(askAgain);

/** Patience, ms, with a question that is asked again and again until the line is back. */
export const ASKED_AGAIN = { patienceMs: 3_500 };

/** Of the house's own state, not of whoever asks: it passes, and it is worth asking again. */
export const isPassing = (code: string): code is HouseCode => code.startsWith("house.");
