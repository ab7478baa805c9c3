import { houseError } from "../errors.ts";
import type { Feed } from "../store/feed/feed.ts";

/** A server that has heard nothing for so long, ms, does not know what others have decided meanwhile. */
const DEAF_MS = 2_000;
const RETRY_MS = 1_000;

/** Before anybody is let in. Throws `house.no-database`. */
export function mustBeInTouch(feed: Pick<Feed, "silentMs">): void {
  if (feed.silentMs() > DEAF_MS) throw houseError("house.no-database", { retryAfterMs: RETRY_MS });
}
