import type { PublicIndex } from "@raadhuis/protocol/public";
import { useEffect, useState } from "react";
import { isLive } from "../../api/released.ts";
import { mayBeLive } from "./mayBeLive.ts";

/** Between two looks, ms. */
const LOOK_MS = 15_000;

/** Which of these meetings are live now. */
export function useLive(meetings: PublicIndex["meetings"] | undefined): ReadonlySet<string> {
  const [live, setLive] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!meetings) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const look = async () => {
      const asked = mayBeLive(meetings, Date.now());
      const found = await Promise.all(asked.map(async (meeting) => ((await isLive(meeting)) ? [meeting] : [])));
      if (left) return;
      setLive(new Set(found.flat()));
      timer = setTimeout(() => void look(), LOOK_MS);
    };
    void look();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [meetings]);
  return live;
}
