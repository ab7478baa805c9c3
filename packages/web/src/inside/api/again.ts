import type { Failure, Result } from "@raadhuis/client";

/** Asks whoever is at the page to sign in again; resolves to whether the same person has. */
export type SignInAgain = () => Promise<boolean>;

let signInAgain: SignInAgain | null = null;

/** From now on whoever's session is over is asked; `null`: nobody is. */
export const askWhoeverIsOver = (ask: SignInAgain | null): void => {
  signInAgain = ask;
};

const over = ["office.no-session", "office.session-over"];
export const isSessionOver = ({ code }: Pick<Failure, "code">): boolean => over.includes(code);

/** What was refused for want of a session is done after all, once its person has signed in again on the spot. */
export async function orAgain<T>(send: () => Promise<Result<T>>): Promise<Result<T>> {
  const result = await send();
  if (result.ok || !isSessionOver(result) || signInAgain === null) return result;
  return (await signInAgain()) ? send() : result;
}
