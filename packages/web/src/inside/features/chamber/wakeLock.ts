/** What is used of a page and its browser. */
interface Place {
  document: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">;
  wakeLock: Pick<WakeLock, "request"> | undefined;
}

/**
 * Keeps the screen awake until the answer is called: whoever listens for an hour touches nothing, and a telephone that
 * goes to sleep is out of the meeting. The browser takes the lock back whenever the page is hidden, so it is asked for
 * again when the page is seen. A refusal (battery low) is no error: then the screen sleeps as it always did.
 */
export function keepAwake({ document, wakeLock }: Place): () => void {
  let done = false;
  let lock: Pick<WakeLockSentinel, "release"> | null = null;
  let asking = false;
  const ask = async () => {
    if (done || asking || !wakeLock || document.visibilityState !== "visible") return;
    asking = true;
    try {
      const fresh = await wakeLock.request("screen");
      fresh.addEventListener("release", () => {
        if (lock === fresh) lock = null;
      });
      if (done) await fresh.release();
      else lock = fresh;
    } catch {
      // Refused: asked again when the page is next seen.
    } finally {
      asking = false;
    }
  };
  const seen = () => {
    if (lock === null) void ask();
  };
  document.addEventListener("visibilitychange", seen);
  void ask();
  return () => {
    done = true;
    document.removeEventListener("visibilitychange", seen);
    void lock?.release().catch(() => undefined);
  };
}
