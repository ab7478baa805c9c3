import type { CookieSerializeOptions } from "@fastify/cookie";
import { SeatId } from "@raadhuis/meeting";
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { lifetimes } from "../store/lifetimes.ts";

export const OFFICE_COOKIE = "office";

export const officeCookie = (secure: boolean): CookieSerializeOptions => ({
  path: "/api/office",
  httpOnly: true,
  sameSite: "strict",
  secure,
  maxAge: lifetimes.clerk.longest / 1000,
});

export const seatCookieName = (seat: string): string => `seat-${seat}`;

/** No Domain: for this host only. Path: it is sent to its own seat's addresses, so several fit in one browser. */
export const seatCookie = (seat: string, secure: boolean): CookieSerializeOptions => ({
  path: `/api/seats/${seat}`,
  httpOnly: true,
  sameSite: "strict",
  secure,
  maxAge: lifetimes.seat.longest / 1000,
});

const ofSeat = z.object({ seat: SeatId });

/** What the cookie holds of the seat that a request's address names; `undefined` where it names none, or has no cookie. */
export function seatSecretOf({ params, cookies }: FastifyRequest): { seat: SeatId; secret: string } | undefined {
  const named = ofSeat.safeParse(params);
  if (!named.success) return undefined;
  const { seat } = named.data;
  const secret = cookies[seatCookieName(seat)];
  return secret ? { seat, secret } : undefined;
}
