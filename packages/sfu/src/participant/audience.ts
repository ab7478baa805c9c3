import type { SubscriptionPermission } from "@livekit/protocol";
import type { Customs } from "../base/customs.ts";

/** Whom one publisher lets receive what: everybody everything, until it says otherwise (SubscriptionPermission) and may. */
export class Audience {
  readonly #customs: Customs;
  /** By identity; `null`: everybody, everything. */
  #allowed: ReadonlyMap<string, { all: boolean; tracks: ReadonlySet<string> }> | null = null;

  constructor(customs: Customs) {
    this.#customs = customs;
  }

  /**
   * Each permission replaces the one before. An entry that names a sid counts for whoever has it now, and stays theirs
   * by identity. Entries that name nobody, or somebody who is not here, allow nobody. Returns whether it was done.
   */
  set(permission: SubscriptionPermission, identityOf: (participantSid: string) => string | null): boolean {
    if (permission.allParticipants) {
      this.#allowed = null;
      return true;
    }
    if (this.#customs.everybodyHears) return false;
    const allowed = new Map<string, { all: boolean; tracks: ReadonlySet<string> }>();
    for (const { participantIdentity, participantSid, allTracks, trackSids } of permission.trackPermissions) {
      const identity = participantIdentity || identityOf(participantSid);
      if (identity) allowed.set(identity, { all: allTracks, tracks: new Set(trackSids) });
    }
    this.#allowed = allowed;
    return true;
  }

  admits(identity: string, trackSid: string): boolean {
    if (this.#allowed === null) return true;
    const own = this.#allowed.get(identity);
    return own !== undefined && (own.all || own.tracks.has(trackSid));
  }
}
