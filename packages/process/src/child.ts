import { type FromChild, Ping } from "@raadhuis/protocol/children";

type Ready = Extract<FromChild, { type: "ready" }>;
type Failed = Extract<FromChild, { type: "failed" }>;

/** To the supervisor; to nobody, where there is none, or none any more. */
export const tell = (message: FromChild): void => {
  // It may die while we speak.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
};

/** It listens and answers, from now on the supervisor's pings too: whoever leaves those unanswered for long hangs, and is ended. */
export function ready(message: Omit<Ready, "type">): void {
  // What came before is read by whoever listens first.
  process.on("message", (raw) => {
    if (Ping.safeParse(raw).success) tell({ type: "pong" });
  });
  tell({ type: "ready", ...message });
}

/**
 * It cannot start: says why, in words for a person, and lets the process end with `status`. `final`: trying again is
 * useless.
 */
export function failed(problem: Omit<Failed, "type">, status = 1): void {
  tell({ type: "failed", ...problem });
  process.exitCode = status;
  if (process.connected) process.disconnect();
}

/** Calls `stop` once: when it is asked to end, or whoever started it is gone. Nothing outlives the supervisor. */
export function endBy(stop: (reason: string) => void): void {
  let ending = false;
  const end = (reason: string) => () => {
    if (ending) return;
    ending = true;
    stop(reason);
  };
  process.once("SIGTERM", end("SIGTERM"));
  process.once("SIGINT", end("SIGINT"));
  const alone = end("the supervisor is gone");
  process.once("disconnect", alone);
  // It went while this process was still starting: nobody tells of that any more.
  if (process.send && !process.connected) alone();
}
