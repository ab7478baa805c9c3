import type { CookieSerializeOptions } from "@fastify/cookie";

/** A long council day with its preparation. */
export const OFFICE_SESSION_SECONDS = 16 * 3600;

export const OFFICE_COOKIE = "office";

export const officeCookie = (secure: boolean): CookieSerializeOptions => ({
  path: "/api/office",
  httpOnly: true,
  sameSite: "strict",
  secure,
  maxAge: OFFICE_SESSION_SECONDS,
});
