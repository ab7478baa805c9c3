import { createContext, useContext, useMemo } from "react";
import { useLanguage } from "./hooks.ts";
import { type Times, timesOf } from "./times.ts";

/** The body's time zone, for all below; it comes with what was fetched. */
export const ZoneContext = createContext<string | null>(null);

/** By the body's clock and no other: a page that knows no zone yet shows no times. */
export function useTimes(): Times {
  const zone = useContext(ZoneContext);
  if (zone === null) throw new Error("Only where the body's time zone is known.");
  const language = useLanguage();
  return useMemo(() => timesOf(language, zone), [language, zone]);
}
