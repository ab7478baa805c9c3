import { useEffect, useState } from "react";
import { levelOf } from "./level.ts";
import { type Hearing, heardMuted, nothingHeard } from "./mutedSpeech.ts";

/** How long the word stands, ms. */
const SHOWN = 8000;

/**
 * Chromium keeps a muted microphone open, light and all, so that listening to it here changes nothing. Firefox and
 * Safari let go of a muted one: there a second look at it would turn its light on again, and nobody should see that of
 * a microphone that is off. There is nothing to ask for but what only Chromium has.
 */
const staysOpenMuted = (): boolean => "userAgentData" in navigator;

/** Does the person speak while their microphone is off? `track`: the microphone, open and muted; nothing is sent. */
export function useMutedSpeech(track: MediaStreamTrack | null): boolean {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    setShown(false);
    if (!track || !staysOpenMuted()) return;
    // A muted track gives silence; a copy of it that goes nowhere but here does not.
    const copy = track.clone();
    copy.enabled = true;
    let hearing: Hearing = nothingHeard;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = levelOf(copy, (level) => {
      const { say, ...after } = heardMuted(hearing, level, Date.now());
      hearing = after;
      if (!say) return;
      setShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setShown(false), SHOWN);
    });
    return () => {
      stop();
      clearTimeout(timer);
      copy.stop();
    };
  }, [track]);
  return shown;
}
