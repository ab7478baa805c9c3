import { houseError } from "../errors.ts";
import { type Feed, isDeaf } from "../store/feed/feed.ts";

const RETRY_MS = 1_000;

/** Before anybody is let in. Throws `house.no-database`. */
export function mustBeInTouch(feed: Pick<Feed, "silentMs">): void {
  if (isDeaf(feed)) throw houseError("house.no-database", { retryAfterMs: RETRY_MS });
}
