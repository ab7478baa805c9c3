import { createHmac } from "node:crypto";
import { ICEServer } from "@livekit/protocol";

/** Relays for clients whose network lets no UDP through, or that have IPv6 only: coturn, or any that knows its shared secret. */
export interface Relays {
  /** `turn:` and `turns:` addresses, best first. */
  urls: readonly string[];
  /** The relay's `static-auth-secret`. */
  secret: string;
}

/** How long credentials open the relay, s. A relayed connection made with them goes on after it. */
export const credentialSeconds = 300;

/**
 * Relays with credentials of one participant (draft-uberti-behave-turn-rest): the name says until when they hold, the
 * password proves that we gave them. Relays log names, so it is the sid, which says nothing of a person.
 */
export function iceServersFor(relays: Relays | null, sid: string, now = Date.now()): ICEServer[] {
  if (relays === null) return [];
  const username = `${Math.floor(now / 1000) + credentialSeconds}:${sid}`;
  const credential = createHmac("sha1", relays.secret).update(username).digest("base64");
  return [new ICEServer({ urls: [...relays.urls], username, credential })];
}
