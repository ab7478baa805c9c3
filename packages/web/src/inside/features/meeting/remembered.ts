import { z } from "zod";

const KEY = "raadhuis.seats";
/** Seats of this browser that are remembered, the latest last. */
const MOST = 50;

const Remembered = z.array(z.strictObject({ link: z.string(), seat: z.string() }));

/**
 * Which seat a link opened in this browser, so that its person need not press again while their session lasts. Of the
 * link only a hash is kept. Where the browser keeps nothing, or hashes nothing (no https), they press.
 */
export async function rememberSeat(secret: string, seat: string): Promise<void> {
  const link = await hashOf(secret);
  if (link === null) return;
  const others = read().filter((one) => one.link !== link);
  try {
    localStorage.setItem(KEY, JSON.stringify([...others, { link, seat }].slice(-MOST)));
  } catch {
    // Not kept.
  }
}

export async function rememberedSeat(secret: string): Promise<string | null> {
  const link = await hashOf(secret);
  return read().find((one) => one.link === link)?.seat ?? null;
}

/** Whether some link opened this seat in this browser. */
export const isRemembered = (seat: string): boolean => read().some((one) => one.seat === seat);

function read(): z.infer<typeof Remembered> {
  try {
    return Remembered.parse(JSON.parse(localStorage.getItem(KEY) ?? "[]"));
  } catch {
    return [];
  }
}

async function hashOf(secret: string): Promise<string | null> {
  if (!isSecureContext) return null;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret)));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
