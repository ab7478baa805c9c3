import { readLink } from "./link.ts";

let secret: string | null = null;

/**
 * Puts the address right that this page was opened by, before anything else runs. The secret stays in the fragment
 * until it has been used, so that the page can be loaded again.
 */
export function mendAddress(): void {
  const link = readLink(location.href);
  if (!link) return;
  secret = link.secret;
  const address = link.path + (secret === null ? "" : `#${secret}`);
  if (address !== location.pathname + location.search + location.hash) history.replaceState(null, "", address);
}

/** The secret of the link that this page was opened by; `null`: the link has none, or is not whole. */
export const secretOfLink = (): string | null => secret;

/** It was used: takes it out of the address bar and the history. */
export function forgetSecret(): void {
  secret = null;
  history.replaceState(null, "", location.pathname);
}

/**
 * A second link pasted into the same tab changes only the fragment: start afresh with it. The skip link changes it too;
 * its focus has moved by then, and the secret comes back to where it is found when the page is loaded again.
 */
export function watchFragment(): void {
  addEventListener("hashchange", () => {
    const link = readLink(location.href);
    if (link?.secret && link.secret !== secret) location.reload();
    else if (link && secret !== null) history.replaceState(null, "", `${link.path}#${secret}`);
  });
}
