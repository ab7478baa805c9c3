/** Why there is no microphone, camera or screen; pages say it in words. */
export type MediaProblem = "refused" | "in-use" | "missing" | "insecure" | "failed";

const byName: Record<string, MediaProblem> = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotReadableError: "in-use",
  AbortError: "in-use",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
};

/** Names of DOMException as in the Media Capture specification. */
export const problemOf = (error: unknown): MediaProblem =>
  (error instanceof DOMException ? byName[error.name] : undefined) ?? "failed";
