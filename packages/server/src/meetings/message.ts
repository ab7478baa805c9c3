import { ClientMessage, MAX_MESSAGE_BYTES } from "@raadhuis/protocol/socket";
import type { RawData } from "ws";
import { z } from "zod";
import { type HouseError, houseError } from "../errors.ts";

type Read = { message: ClientMessage } | { wrong: HouseError; id: string | null };

const wrong = (error: HouseError, id: string | null = null): Read => ({ wrong: error, id });

/** What a page said, or what is wrong with it, with the command's id where one can be made out. */
export function readMessage(data: RawData, isBinary: boolean): Read {
  if (!Buffer.isBuffer(data) || isBinary) return wrong(houseError("command.malformed", "Messages are JSON text."));
  if (data.length > MAX_MESSAGE_BYTES) return wrong(houseError("request.too-large"));
  let raw: unknown;
  try {
    raw = JSON.parse(data.toString("utf8"));
  } catch {
    return wrong(houseError("command.malformed", "This is not JSON."));
  }
  const parsed = ClientMessage.safeParse(raw);
  if (parsed.success) return { message: parsed.data };
  return wrong(houseError("command.malformed", z.prettifyError(parsed.error)), idIn(raw));
}

const idIn = (raw: unknown): string | null =>
  typeof raw === "object" && raw && "id" in raw && typeof raw.id === "string" ? raw.id.slice(0, 64) : null;
