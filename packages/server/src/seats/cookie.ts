import type { CookieSerializeOptions } from "@fastify/cookie";
import { lifetimes } from "../store/lifetimes.ts";

export const seatCookieName = (seat: string): string => `seat-${seat}`;

/** No Domain: for this host only. Path: it is sent to its own seat's addresses, so several fit in one browser. */
export const seatCookie = (seat: string, secure: boolean): CookieSerializeOptions => ({
  path: `/api/seats/${seat}`,
  httpOnly: true,
  sameSite: "strict",
  secure,
  maxAge: lifetimes.seat.longest / 1000,
});
