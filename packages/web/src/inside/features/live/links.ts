import type { SeatLink } from "@raadhuis/protocol/http";
import { createContext, useCallback, useContext, useMemo, useState } from "react";
import { inSession } from "../../api/house.ts";
import { useMeeting } from "../meeting/context.ts";

/** Personal links that are made on this page. */
export interface Links {
  /** Those made just now that still open a seat, the newest first. The house shows a link once. */
  fresh: readonly SeatLink[];
  renew(seat: string): Promise<void>;
  renewAll(): Promise<void>;
  /** Code of why the last one could not be made. */
  problem: string | null;
}

export const LinksContext = createContext<Links | null>(null);

export function useLinks(): Links {
  const links = useContext(LinksContext);
  if (links === null) throw new Error("There is no LinksContext around this.");
  return links;
}

/** For the page that provides them. */
export function useNewLinks(): Links {
  const meeting = useMeeting(({ id }) => id);
  const open = useMeeting(({ seats }) => seats.filter(({ removed }) => !removed).map(({ id }) => id));
  const [made, setMade] = useState<SeatLink[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const renew = useCallback(
    async (seat: string) => {
      const result = await inSession.links.renew({ params: { meeting, seat } });
      if (result.ok) setMade((before) => [result.value, ...before.filter((one) => one.seat !== seat)]);
      setProblem(result.ok ? null : result.code);
    },
    [meeting],
  );
  const renewAll = useCallback(async () => {
    const result = await inSession.links.renewAll({ params: { meeting } });
    if (result.ok) setMade(result.value);
    setProblem(result.ok ? null : result.code);
  }, [meeting]);
  return useMemo(
    () => ({ fresh: made.filter(({ seat }) => open.some((id) => id === seat)), renew, renewAll, problem }),
    [made, open, renew, renewAll, problem],
  );
}
