import type { MediaAddress } from "../ports/mediaPorts.ts";
import type { Subscription } from "../track/subscription.ts";
import type { PublishedTrack } from "../track/track.ts";
import type { Description, Negotiation, NegotiationOwner } from "./negotiation.ts";
import { Publisher } from "./publisher.ts";
import { Subscriber } from "./subscriber.ts";

/** `/rtc` of older clients: one peer connection for each way. */
export class DualConnection implements Negotiation {
  readonly #publisher: Publisher;
  readonly #subscriber: Subscriber;

  constructor(media: MediaAddress, owner: NegotiationOwner) {
    this.#publisher = new Publisher(media, owner.publications, owner.dataSection("publisher"), {
      connected: () => {},
      disconnected: () => owner.disconnected(),
      moved: () => {},
    });
    this.#subscriber = new Subscriber(media, owner);
  }

  get connected(): boolean {
    return this.#subscriber.connected;
  }

  begin(): void {
    this.#subscriber.begin();
  }

  answer(sdp: string): Description {
    return this.#publisher.answer(sdp);
  }

  accept(sdp: string, id: number): void {
    this.#subscriber.accept(sdp, id);
  }

  add(subscription: Subscription): void {
    this.#subscriber.add(subscription);
  }

  remove(subscription: Subscription): void {
    this.#subscriber.remove(subscription);
  }

  refuse(track: PublishedTrack): void {
    this.#publisher.refuse(track);
  }

  /** Clients of `/rtc` offer by themselves once their announced track has its sid. */
  renegotiate(): void {}

  resume(): void {
    this.#subscriber.resume();
  }

  stop(): void {
    this.#publisher.stop();
    this.#subscriber.stop();
  }
}
