/** Addresses whose fragment is a secret. */
const secretive = /^\/(m\/[a-z0-9]+|office\/setup|office\/sign-in)\/?$/;

const holdsSecret = () => secretive.test(location.pathname) && location.hash.length > 1 && location.hash !== "#main";

let taken: string | null = null;

/** Takes the secret out of the address bar and the history, before anything else runs. */
export function takeFragment(): void {
  if (!holdsSecret()) return;
  taken = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

/** The secret this page was opened with; once. */
export function secretOnce(): string | null {
  const secret = taken;
  taken = null;
  return secret;
}

/** A second link pasted into the same tab changes only the fragment: start afresh with it. */
export function watchFragment(): void {
  addEventListener("hashchange", () => {
    if (holdsSecret()) location.reload();
  });
}
