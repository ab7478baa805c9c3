import type { CookieSerializeOptions } from "@fastify/cookie";

const DAY = 24 * 3600;

/** How long a seat's cookie lasts, in seconds: over a meeting that is resumed weeks later. */
export const SEAT_SESSION_SECONDS = 60 * DAY;

export const seatCookieName = (seat: string): string => `seat-${seat}`;

/** No Domain: for this host only. Path: it is sent to its own seat's addresses, so several fit in one browser. */
export const seatCookie = (seat: string, secure: boolean): CookieSerializeOptions => ({
  path: `/api/seats/${seat}`,
  httpOnly: true,
  sameSite: "strict",
  secure,
  maxAge: SEAT_SESSION_SECONDS,
});
