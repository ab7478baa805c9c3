import type { CommandInput } from "@raadhuis/meeting";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { MeetingConnection, type Snapshot, type Welcome } from "./connection.ts";

/** Keeps a meeting's socket for as long as the page is there. `stillWelcome` must be stable. */
export function useConnection(path: string, stillWelcome: () => Promise<Welcome>): MeetingConnection {
  const connection = useMemo(() => new MeetingConnection({ path, stillWelcome }), [path, stillWelcome]);
  useEffect(() => {
    connection.start();
    return () => connection.stop();
  }, [connection]);
  return connection;
}

export const useSnapshot = (connection: MeetingConnection): Snapshot =>
  useSyncExternalStore(connection.subscribe, connection.snapshot);

export type Act = (command: CommandInput) => Promise<boolean>;

/** Sends commands and keeps the code of the last refusal, to be shown beside what caused it. */
export function useActs(connection: MeetingConnection): { act: Act; problem: string | null } {
  const [problem, setProblem] = useState<string | null>(null);
  const act = useCallback<Act>(
    async (command) => {
      const answer = await connection.command(command);
      setProblem(answer.ok ? null : answer.code);
      return answer.ok;
    },
    [connection],
  );
  return { act, problem };
}

/** The server's time, ms, renewed every second. */
export function useNow(clockOffset: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return now + clockOffset;
}
