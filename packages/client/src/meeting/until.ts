import type { MeetingConnection, Snapshot } from "./connection.ts";

/** How long is waited, ms, for what is to be seen. */
const PATIENCE_MS = 20_000;

/**
 * The first snapshot that fits: the present one, or one to come. Rejects when there will be none, as the connection is
 * out for good, or when none came in time.
 */
export function until(
  connection: Pick<MeetingConnection, "snapshot" | "subscribe">,
  fits: (snapshot: Snapshot) => boolean,
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<Snapshot> {
  const { promise, resolve, reject } = Promise.withResolvers<Snapshot>();
  const look = () => {
    const snapshot = connection.snapshot();
    try {
      if (fits(snapshot)) resolve(snapshot);
      else if (isOver(snapshot)) reject(new Error(`The meeting is over for this connection: ${snapshot.out}`));
    } catch (error) {
      // Of whoever asked, and not the connection's.
      reject(error);
    }
  };
  const late = setTimeout(() => reject(new Error("What was waited for did not come in time.")), patienceMs);
  const end = connection.subscribe(look);
  look();
  return promise.finally(() => {
    clearTimeout(late);
    end();
  });
}

/** Whether this snapshot is the last. Whoever stands before closed doors waits; all other reasons are for good. */
export const isOver = ({ out }: Pick<Snapshot, "out">): boolean => out !== null && out !== "doors.closed";
