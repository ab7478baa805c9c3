import { type Failure, MeetingConnection, type Snapshot, type Welcome } from "@raadhuis/client";
import type { CommandInput } from "@raadhuis/meeting";
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { inBrowser } from "./browser.ts";

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

/** Resolves to whether it was done; why not is shown with the conductor's buttons. */
export type Act = (command: CommandInput) => Promise<boolean>;
/** Resolves to why it was not done, for a form to say. */
export type Ask = (command: CommandInput) => Promise<Failure | null>;

/** Sends commands and keeps the code of the last refusal, to be shown beside what caused it. */
export function useActs(connection: MeetingConnection): { act: Act; ask: Ask; problem: string | null } {
  const [problem, setProblem] = useState<string | null>(null);
  const ask = useCallback<Ask>(
    async (command) => {
      const answer = await connection.command(command);
      return answer.ok ? null : answer;
    },
    [connection],
  );
  const act = useCallback<Act>(
    async (command) => {
      const answer = await connection.command(command);
      setProblem(answer.ok ? null : answer.code);
      return answer.ok;
    },
    [connection],
  );
  return { act, ask, problem };
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
