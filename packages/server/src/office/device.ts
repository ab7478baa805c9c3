import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { hashOf, newSecret } from "../random.ts";
import type { Device } from "../store/devices.ts";
import { DEVICE_IDLE_MS } from "../store/devices.ts";
import type { Clerk } from "../store/house.ts";
import type { Store } from "../store/store.ts";

/**
 * A browser that has signed in keeps a cookie that says so. It opens nothing; what it does is that strangers who guess
 * at the same account, or in the same network, do not stand in its way ("Slow down online guessing attacks with device
 * cookies", OWASP). One for each clerk, as several may use one browser.
 */
export const deviceCookieName = (clerk: string): string => `device-${clerk}`;

/** No Domain: for this host only. Path: it is sent when somebody signs in, and with nothing else. */
const deviceCookie = (secure: boolean): CookieSerializeOptions => ({
  path: "/api/office/sign-in",
  httpOnly: true,
  sameSite: "strict",
  secure,
  maxAge: DEVICE_IDLE_MS / 1000,
});

/** What this browser says it is known by, looked up nowhere yet. */
export function deviceOf({ cookies }: FastifyRequest, clerk: Clerk): Device | undefined {
  const secret = cookies[deviceCookieName(clerk.id)];
  return secret ? { hash: hashOf(secret), clerk: clerk.id } : undefined;
}

/** It has signed in, and is known from now on, by a new secret each time. */
export async function rememberDevice(
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
  clerk: Clerk,
  { store, secure }: { store: Pick<Store, "devices" | "now">; secure: boolean },
): Promise<void> {
  const secret = newSecret();
  const before = deviceOf(request, clerk)?.hash;
  await store.devices.know({ hash: hashOf(secret), clerk: clerk.id }, before, store.now());
  reply.setCookie(deviceCookieName(clerk.id), secret, deviceCookie(secure));
}
