import { SubscriptionError, type SubscriptionPermission } from "@livekit/protocol";
import type { Participant } from "../participant/participant.ts";
import type { PublishedTrack } from "../track/track.ts";

/**
 * Who receives what in one room: what the subscriber's rights allow, the publisher lets them have, and they want. All
 * that changes any of these ends here, so that nothing is forwarded which one of them forbids.
 */
export class Reception {
  readonly #participants: ReadonlyMap<string, Participant>;

  /** By identity; as they are at each moment. */
  constructor(participants: ReadonlyMap<string, Participant>) {
    this.#participants = participants;
  }

  /** Everything that there is, for one who came in or whose rights have changed. */
  settleFor(subscriber: Participant): void {
    for (const publisher of this.#participants.values())
      for (const track of publisher.tracks.values()) this.#settle(subscriber, publisher, track);
  }

  /** A new track, for everybody. */
  settle(publisher: Participant, track: PublishedTrack): void {
    for (const subscriber of this.#participants.values()) this.#settle(subscriber, publisher, track);
  }

  /** Somebody wants these tracks, or no longer does. Those that are not there may yet come. */
  want(subscriber: Participant, trackSids: readonly string[], wanted: boolean): void {
    for (const trackSid of trackSids) {
      subscriber.subscriptions.interest.say(trackSid, wanted);
      const found = this.#find(trackSid);
      if (found) this.#settle(subscriber, found.publisher, found.track);
      else if (wanted) subscriber.subscriptions.interest.awaits(trackSid, () => tellMissing(subscriber, trackSid));
    }
  }

  /** A publisher says who may receive its tracks; whoever may no longer gets nothing more, at once. Returns whether it was done. */
  permit(publisher: Participant, permission: SubscriptionPermission): boolean {
    const identityOf = (sid: string) =>
      [...this.#participants.values()].find((participant) => participant.sid === sid)?.identity ?? null;
    if (!publisher.audience.set(permission, identityOf)) return false;
    for (const track of publisher.tracks.values()) this.settle(publisher, track);
    return true;
  }

  /**
   * Whether somebody may be told that this publisher speaks: who speaks is told to those who might hear it. Of who
   * publishes no sound there is nothing to hear any more, and that is told to all.
   */
  mayHear(subscriber: Participant, publisher: Participant | undefined): boolean {
    if (publisher === undefined || publisher === subscriber) return true;
    const sounds = [...publisher.tracks.values()].filter(({ kind }) => kind === "audio");
    if (sounds.length === 0) return true;
    const admitted = sounds.some(({ sid }) => isAdmitted(subscriber, publisher, sid));
    return subscriber.rights.canSubscribe && !publisher.rights.hidden && admitted;
  }

  /** The track has ended. */
  end(trackSid: string): void {
    for (const subscriber of this.#participants.values()) {
      subscriber.subscriptions.remove(trackSid);
      subscriber.subscriptions.interest.forget(trackSid);
    }
  }

  #settle(subscriber: Participant, publisher: Participant, track: PublishedTrack): void {
    if (subscriber === publisher) return;
    const { sid } = track;
    const { subscriptions } = subscriber;
    const { interest } = subscriptions;
    const may = subscriber.rights.canSubscribe && !publisher.rights.hidden && interest.wants(sid);
    const admitted = isAdmitted(subscriber, publisher, sid);
    if (may && admitted) subscriptions.add(publisher.sid, track);
    else subscriptions.remove(sid);
    // Before it is connected a client forgets what it is told of tracks; then all is settled once more.
    if (!may || admitted !== interest.denied.has(sid) || !subscriber.negotiation.connected) return;
    if (admitted) interest.denied.delete(sid);
    else interest.denied.add(sid);
    subscriber.session?.send({
      case: "subscriptionPermissionUpdate",
      value: { participantSid: publisher.sid, trackSid: sid, allowed: admitted },
    });
  }

  #find(trackSid: string): { publisher: Participant; track: PublishedTrack } | null {
    for (const publisher of this.#participants.values()) {
      const track = publisher.tracks.get(trackSid);
      if (track) return { publisher, track };
    }
    return null;
  }
}

/** Recorders always are, as with LiveKit. */
const isAdmitted = ({ identity, rights }: Participant, { audience }: Participant, trackSid: string): boolean =>
  rights.recorder || audience.admits(identity, trackSid);

const tellMissing = ({ session }: Participant, trackSid: string): void =>
  session?.send({ case: "subscriptionResponse", value: { trackSid, err: SubscriptionError.SE_TRACK_NOTFOUND } });
