import { setUpLink } from "@raadhuis/protocol/http";
import type { Settings } from "@raadhuis/protocol/settings";
import { hashOf, newSecret } from "../random.ts";
import type { Store } from "../store/store.ts";

/** A link that was printed stays in logs and on screens: it opens for whoever has just started the house. */
const LINK_MS = 3600_000;

/** While the house is not set up: a new link by which it can be. Never logged. */
export async function newSetUpLink(store: Store, { chamber }: Settings): Promise<string | undefined> {
  if (await store.house.body()) return undefined;
  const secret = newSecret();
  await store.access.putSetUpLink(hashOf(secret), store.now() + LINK_MS);
  return setUpLink(chamber.url, secret);
}
