import { useCallback, useEffect, useRef, useState } from "react";
import { askWhoeverIsOver } from "../../api/again.ts";

/** One question for all that is refused meanwhile. `signedIn`: there is a session that can be over. */
export function useSignInAgain(signedIn: boolean) {
  const [asking, setAsking] = useState(false);
  const waiting = useRef<((signedIn: boolean) => void)[]>([]);
  const ask = useCallback(
    () =>
      new Promise<boolean>((resolve) => {
        waiting.current.push(resolve);
        setAsking(true);
      }),
    [],
  );
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
  return { asking, ask, answer };
}
