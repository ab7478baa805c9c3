import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * The chamber's word that it has looked at a seat just now and lets it in with this ticket. A ticket is good for a
 * minute and says nothing of what happened since: the embedded media server wants this beside it, so that its own port
 * opens nothing to whoever kept one. Made of a secret that the two share for one start; it is of one ticket, and lapses
 * within seconds, so whoever took the media server's port has learned nothing that lasts.
 */
export const admissionHeader = "raadhuis-admission";

/** From the look at the seat until the media server has read it. Both read the same machine's clock. */
const lastsMs = 10_000;

export function admissionOf(secret: string, ticket: string, now = Date.now()): string {
  return `${now}.${macOf(secret, ticket, now).toString("base64url")}`;
}

export function isAdmitted(secret: string, ticket: string, word: string, now = Date.now()): boolean {
  const [, at, mac] = /^(\d{1,16})\.([A-Za-z0-9_-]{43})$/.exec(word) ?? [];
  if (at === undefined || mac === undefined || Math.abs(now - Number(at)) > lastsMs) return false;
  return timingSafeEqual(Buffer.from(mac, "base64url"), macOf(secret, ticket, Number(at)));
}

const macOf = (secret: string, ticket: string, at: number): Buffer =>
  createHmac("sha256", secret).update(`${at}.${ticket}`).digest();
