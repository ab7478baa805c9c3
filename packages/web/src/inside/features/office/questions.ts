/** Asks whoever is at the page to sign in again: one question for all that is refused meanwhile. `show`: it stands there, or no more. */
export function questions(show: (asking: boolean) => void) {
  const waiting: ((signedIn: boolean) => void)[] = [];
  let signingOut = false;
  return {
    ask: (): Promise<boolean> =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (!signingOut) show(true);
      }),
    /** Whoever signs out themselves is not asked, unless it could not be done. */
    whileSigningOut: async (signOut: () => Promise<boolean>): Promise<void> => {
      signingOut = true;
      let done = false;
      try {
        done = await signOut();
      } finally {
        signingOut = false;
        if (!done && waiting.length > 0) show(true);
      }
    },
    answer: (done: boolean): void => {
      show(false);
      for (const resolve of waiting.splice(0)) resolve(done);
    },
  };
}
