/** LiveKit tickets live this long, in seconds; the media server refreshes them before they lapse. */
export const TICKET_SECONDS = 60;

/**
 * By how much the clocks of whoever signs a ticket and whoever reads it may differ, s: what LiveKit's servers allow
 * (livekit/protocol, auth/verifier.go, `tokenLeeway`). It bears on how long a ticket is taken, and on nothing that was
 * taken back: that is compared by the second.
 */
export const CLOCK_TOLERANCE_SECONDS = 60;

/** Why a ticket is not taken. `ticket.clock`: it is of a time to come, so the clocks of two machines differ. */
export type TicketFault = "ticket.invalid" | "ticket.expired" | "ticket.clock";

/** What jose says in its error, once the signature was found to be good. */
export function ticketFault(error: unknown): TicketFault {
  if (!(error instanceof Error) || !("code" in error)) return "ticket.invalid";
  if (error.code === "ERR_JWT_EXPIRED") return "ticket.expired";
  const early = "claim" in error && error.claim === "nbf" && "reason" in error && error.reason === "check_failed";
  return early ? "ticket.clock" : "ticket.invalid";
}

/** Whether a media server refuses a ticket for its time: the embedded one, or LiveKit in the words of golang-jwt. */
export const isRefusedForTime = (words: string): boolean =>
  /\bticket\.(expired|clock)\b|token is expired|token is not valid yet|token used before issued/.test(words);

/**
 * A LiveKit server repeats the ticket that it refuses, and no log holds one. (JWT, HS256: three parts, the last of 32
 * bytes.)
 */
export const withoutTickets = (words: string): string =>
  words.replace(/[\w-]+\.[\w-]+\.[\w-]{43}(?![\w-])/g, "[ticket]");
