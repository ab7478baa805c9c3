import { useEffect, useState } from "react";
import { askWhoeverIsOver } from "../../api/again.ts";
import { questions } from "./questions.ts";

/** `signedIn`: there is a session that can be over. */
export function useSignInAgain(signedIn: boolean) {
  const [asking, setAsking] = useState(false);
  const [{ ask, answer, whileSigningOut }] = useState(() => questions(setAsking));
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
