import type { Announcement, ReleasedState } from "@raadhuis/protocol/public";
import { useEffect, useState } from "react";
import * as api from "../../api/released.ts";

export type Known =
  | { kind: "asking" }
  | { kind: "unknown" }
  | { kind: "before"; announcement: Announcement }
  /** `aheadMs`: how far the gallery's clock is ahead of the reader's. */
  | { kind: "released"; state: ReleasedState; aheadMs: number };

/** Pauses between questions, ms: while live the timeline must be there before its picture is. */
const LIVE = 1500;
const BEFORE = 5000;
const AFTER = 5000;

/** What has been released of a meeting; asked again until its recording is there. */
export function useReleased(meeting: string): Known {
  const [known, setKnown] = useState<Known>({ kind: "asking" });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const ask = async () => {
      const next = await look(meeting);
      if (ended) return;
      if (next) setKnown(next);
      const pause = pauseAfter(next);
      if (pause !== null) timer = setTimeout(() => void ask(), pause);
    };
    void ask();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [meeting]);
  return known;
}

/** `null`: the gallery cannot be reached; what was known stays. */
async function look(meeting: string): Promise<Known | null> {
  const state = await api.state(meeting);
  if (state.ok) return { kind: "released", state: state.value, aheadMs: state.clock - Date.now() };
  if (state.why === "unreachable") return null;
  const announcement = await api.announcement(meeting);
  if (announcement.ok) return { kind: "before", announcement: announcement.value };
  return announcement.why === "missing" ? { kind: "unknown" } : null;
}

function pauseAfter(known: Known | null): number | null {
  if (known?.kind !== "released") return BEFORE;
  if (!known.state.ended) return LIVE;
  return known.state.recording ? null : AFTER;
}
