/**
 * The path of a meeting's page in an address that mail or chat has mangled: in capitals, with a full stop or a tracker
 * behind it, encoded, twice in a row. `null`: there is nothing to put right. Never throws.
 * @example meetingPath("https://kijk.example/Meeting/K3V9X2M4QA).") // "/meeting/k3v9x2m4qa"
 */
export function meetingPath(href: string): string | null {
  const address = href.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, "");
  const path = address.split(/[?#]/, 1)[0] ?? "";
  const named = /\/+meeting\/+(?:%20|%0[ad])*([a-z0-9]{8,32})(?![a-z0-9])/i;
  const meeting = path.split(/https?:\/\//i).flatMap((part) => named.exec(part)?.[1] ?? [])[0];
  if (meeting === undefined) return null;
  const mended = `/meeting/${meeting.toLowerCase()}`;
  return mended === path ? null : mended;
}

/** Puts the address right that this page was opened by, before anything else runs. */
export function mendAddress(): void {
  const path = meetingPath(location.href);
  if (path !== null) history.replaceState(null, "", path + location.hash);
}
