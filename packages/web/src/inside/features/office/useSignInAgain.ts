import { useCallback, useEffect, useRef, useState } from "react";
import { askWhoeverIsOver } from "../../api/again.ts";

/** One question for all that is refused meanwhile. `signedIn`: there is a session that can be over. */
export function useSignInAgain(signedIn: boolean) {
  const [asking, setAsking] = useState(false);
  const waiting = useRef<((signedIn: boolean) => void)[]>([]);
  const signingOut = useRef(false);
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        waiting.current.push(resolve);
        if (!signingOut.current) setAsking(true);
      }),
    [],
  );
  /** Whoever signs out themselves is not asked, unless it could not be done. */
  const whileSigningOut = useCallback(async (signOut: () => Promise<boolean>) => {
    signingOut.current = true;
    const done = await signOut();
    signingOut.current = false;
    if (!done && waiting.current.length > 0) setAsking(true);
  }, []);
  const answer = useCallback((done: boolean) => {
    setAsking(false);
    for (const resolve of waiting.current.splice(0)) resolve(done);
  }, []);
  useEffect(() => {
    if (!signedIn) return;
    askWhoeverIsOver(ask);
    return () => {
      askWhoeverIsOver(null);
      answer(false);
    };
  }, [signedIn, ask, answer]);
  return { asking, ask, answer, whileSigningOut };
}
