import { useEffect, useState } from "react";
import { useWords } from "../../i18n/hooks.ts";
import "./busy.css";

/** What is done sooner needs no words, ms; what takes longer than expected says so. */
const SOON_MS = 1_000;
const LONG_MS = 5_000;

/** Says of what was pressed that it is being worked on: aloud after a moment, in sight when it takes long. */
export function Busy() {
  const { t } = useWords();
  const [waited, setWaited] = useState<"soon" | "long" | null>(null);
  useEffect(() => {
    const timers = [setTimeout(() => setWaited("soon"), SOON_MS), setTimeout(() => setWaited("long"), LONG_MS)];
    return () => timers.forEach(clearTimeout);
  }, []);
  return (
    <span role="status" data-testid="busy" className={waited === "long" ? "busy-words" : "visually-hidden"}>
      {waited === null ? null : t(waited === "long" ? "busy.long" : "busy.soon")}
    </span>
  );
}
