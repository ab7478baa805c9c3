import { MeetingConnection, type Snapshot, type Welcome } from "@raadhuis/client";
import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { inBrowser } from "./browser.ts";
import { useKnown } from "./context.ts";

/** Keeps a meeting's socket for as long as the page is there. `stillWelcome` must be stable. */
export function useConnection(path: string, stillWelcome: () => Promise<Welcome>): MeetingConnection {
  const connection = useMemo(() => new MeetingConnection({ ...inBrowser(path), stillWelcome }), [path, stillWelcome]);
  useEffect(() => {
    connection.start();
    return () => connection.stop();
  }, [connection]);
  return connection;
}

export const useSnapshot = (connection: MeetingConnection): Snapshot =>
  useSyncExternalStore(connection.subscribe, connection.snapshot);

/** The server's time, ms, renewed every second. */
export function useNow(): number {
  const clockOffset = useKnown(({ clockOffset }) => clockOffset);
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now + clockOffset;
}
