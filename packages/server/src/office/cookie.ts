import type { CookieSerializeOptions } from "@fastify/cookie";
import { lifetimes } from "../store/lifetimes.ts";

export const OFFICE_COOKIE = "office";

export const officeCookie = (secure: boolean): CookieSerializeOptions => ({
  path: "/api/office",
  httpOnly: true,
  sameSite: "strict",
  secure,
  maxAge: lifetimes.clerk.longest / 1000,
});
