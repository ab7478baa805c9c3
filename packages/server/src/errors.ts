import { type AnyCode, type ErrorBody, type ErrorPlace, messageOf, statusOf } from "@raadhuis/protocol/http";

/** What is away now may be back after this time; a media server that died is (docs/architecture.md, Processes). */
const SOON_MS = 2_000;

/** Of a message: what is wrong with a large request is as large, and is told in its beginning. */
const MOST_LETTERS = 500;

interface More {
  /** In place of the usual words for a developer. */
  message?: string | undefined;
  /** When it is worth trying again. */
  retryAfterMs?: number | undefined;
  /** Where in the request it is. */
  at?: ErrorPlace | undefined;
}

/** An expected refusal on its way to the caller. */
export class HouseError extends Error {
  readonly code: AnyCode;
  readonly status: number;
  /** Whole seconds after which it is worth trying again: the header Retry-After. Every 429 and 503 has it. */
  readonly retryAfter: number | undefined;
  readonly at: ErrorPlace | undefined;

  constructor(code: AnyCode, { message = messageOf(code), retryAfterMs, at }: More = {}) {
    super(message.slice(0, MOST_LETTERS));
    this.name = "HouseError";
    this.code = code;
    this.status = statusOf(code);
    const soon = this.status === 429 || this.status === 503 ? SOON_MS : undefined;
    const ms = retryAfterMs ?? soon;
    this.retryAfter = ms === undefined ? undefined : Math.max(1, Math.ceil(ms / 1000));
    this.at = at;
  }

  body(): ErrorBody {
    const { code, message, at } = this;
    return at ? { code, message, at } : { code, message };
  }
}

/** The error of this code; `more` as text: words in place of the usual ones. */
export const houseError = (code: AnyCode, more: string | More = {}): HouseError =>
  new HouseError(code, typeof more === "string" ? { message: more } : more);
