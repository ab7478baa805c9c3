import { SubscriptionError, type UpdateTrackSettings } from "@livekit/protocol";
import { Downlink } from "../allocation/downlink.ts";
import type { Negotiation } from "../negotiation/negotiation.ts";
import type { Session } from "../session/session.ts";
import type { Rights } from "../ticket/ticket.ts";
import { Subscription } from "../track/subscription.ts";
import type { PublishedTrack } from "../track/track.ts";
import { Interest } from "./interest.ts";

/** Whose subscriptions they are. */
export interface SubscriptionsOwner {
  readonly rights: Rights;
  readonly session: Session | null;
  readonly negotiation: Negotiation;
}

/** What one participant receives. Whether they may is decided elsewhere (`Reception`). */
export class Subscriptions {
  readonly #bySid = new Map<string, Subscription>();
  /** What its client wants of others. */
  readonly interest: Interest;
  /** Who of those it sees gets how much of its path. */
  readonly downlink = new Downlink((streamStates) =>
    this.#owner.session?.send({ case: "streamStateUpdate", value: { streamStates } }),
  );
  readonly #owner: SubscriptionsOwner;
  #hadBefore: ReadonlySet<string> = new Set();

  /** @param auto whether it wants everything, unless it says otherwise */
  constructor(owner: SubscriptionsOwner, auto: boolean) {
    this.#owner = owner;
    this.interest = new Interest(auto);
  }

  /** By the sid of what is received. */
  get all(): ReadonlyMap<string, Subscription> {
    return this.#bySid;
  }

  /** What had come to its client when its present socket opened, by sid; nothing before it came back for the first time. */
  get hadBefore(): ReadonlySet<string> {
    return this.#hadBefore;
  }

  /** Its client is back with a new socket. */
  cameBack(): void {
    const arrived = [...this.#bySid].filter(([, { outgoing }]) => outgoing !== null);
    this.#hadBefore = new Set(arrived.map(([sid]) => sid));
  }

  /** @param publisher its sid */
  add(publisher: string, track: PublishedTrack): void {
    if (this.#bySid.has(track.sid)) return;
    const subscription = new Subscription(track, publisher, this.downlink);
    subscription.hearsAll = this.#owner.rights.recorder;
    this.#bySid.set(track.sid, subscription);
    track.follow(subscription);
    const settings = this.interest.meet(track.sid);
    if (settings) subscription.configure(settings);
    this.#owner.negotiation.add(subscription);
  }

  remove(trackSid: string): void {
    const subscription = this.#bySid.get(trackSid);
    if (!subscription) return;
    this.#bySid.delete(trackSid);
    subscription.track.unfollow(subscription);
    this.#owner.negotiation.remove(subscription);
  }

  /** Its client can take in nothing of this track. */
  refuse({ track }: Subscription): void {
    this.remove(track.sid);
    this.#owner.session?.send({
      case: "subscriptionResponse",
      value: { trackSid: track.sid, err: SubscriptionError.SE_CODEC_UNSUPPORTED },
    });
  }

  /** How it wants this track, now or when there is one. */
  configure(trackSid: string, settings: UpdateTrackSettings): void {
    this.interest.configure(trackSid, settings);
    this.#bySid.get(trackSid)?.configure(settings);
  }

  /** Its connections end, too, and what they carry with them. */
  stop(): void {
    this.interest.stop();
    for (const subscription of this.#bySid.values()) subscription.track.unfollow(subscription);
    this.#bySid.clear();
  }
}
