import type { Trail } from "@raadhuis/protocol/http";
import { useEffect, useState } from "react";
import { inSession } from "../../api/house.ts";

/** A page of the trail, and when this clerk looked before they came here. Whoever sees the newest page has looked. */
export function useTrail(page: number, failed: boolean) {
  const [trail, setTrail] = useState<Trail | null>(null);
  const [seen, setSeen] = useState<{ at: number | null } | null>(null);
  const [code, setCode] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    void inSession.trail.page({ query: { page, failed: failed ? "true" : "false" } }).then((result) => {
      if (left) return;
      setCode(result.ok ? null : result.code);
      if (!result.ok) return;
      setTrail(result.value);
      setSeen((before) => before ?? { at: result.value.seen });
      if (page === 1) void inSession.trail.look();
    });
    return () => {
      left = true;
    };
  }, [page, failed]);
  return { trail, seen: seen?.at ?? null, code };
}
