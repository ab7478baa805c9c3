import type { Pictures } from "../base/customs.ts";
import type { Kind, Transport } from "../engine/medooze.ts";
import type { MediaAddress } from "../ports/mediaPorts.ts";
import { type SectionAnswer, writeDescription } from "../sdp/answer.ts";
import { type Accepted, accept, picturesFor, refusedOf } from "../sdp/capabilities.ts";
import { parseOffer, type Section } from "../sdp/offer.ts";
import type { Subscription } from "../track/subscription.ts";
import type { PublishedTrack } from "../track/track.ts";
import type { DataSection } from "./data.ts";
import type { Description, Negotiation, NegotiationOwner } from "./negotiation.ts";
import { iceOf, Peer } from "./peer.ts";
import { answerData } from "./publisher.ts";
import { isReceiving, isSending, Receiver } from "./receiver.ts";
import { Slots } from "./slots.ts";

/** `/rtc/v1`: one peer connection for both ways. The client offers; when we lack sections we ask for an offer. */
export class SingleConnection implements Negotiation {
  readonly #owner: NegotiationOwner;
  readonly #peer: Peer;
  readonly #receiver: Receiver;
  readonly #data: DataSection;
  readonly #pictures: Pictures;
  readonly #slots = new Slots();
  #version = 0;
  /** Sections asked for since the last offer. */
  #asked = { audio: 0, video: 0 };
  #scheduled = false;
  #stopped = false;

  constructor(media: MediaAddress, owner: NegotiationOwner) {
    this.#owner = owner;
    this.#pictures = picturesFor(owner.rights, media.customs.pictures);
    this.#receiver = new Receiver(owner.publications);
    this.#data = owner.dataSection("single");
    this.#peer = new Peer(media, {
      connected: () => {
        this.#slots.connect();
        owner.connected();
      },
      disconnected: () => owner.disconnected(),
      moved: () => owner.moved(),
    });
  }

  get connected(): boolean {
    return this.#peer.connected;
  }

  begin(): void {}

  answer(sdp: string): Description {
    const offer = parseOffer(sdp);
    const sections = offer.sections.map((section) => ({ section, accepted: accept(section, this.#pictures) }));
    const transport = this.#peer.meet(offer);
    this.#peer.agree(transport, sections);
    this.#asked = { audio: 0, video: 0 };
    this.#receiver.stopUnsent(offer.sections);
    const answers = sections.map((part) => this.#answerSection(transport, part.section, part.accepted));
    const text = writeDescription(this.#peer.local(iceOf(transport), "passive"), answers, ++this.#version);
    if (this.#slots.isWaiting) this.#schedule();
    return { sdp: text, midToTrackId: this.#slots.midToTrackId() };
  }

  /** Nothing was offered: an answer is ignored, as with LiveKit. */
  accept(): void {}

  add(subscription: Subscription): void {
    this.#slots.add(subscription);
    this.#schedule();
  }

  remove(subscription: Subscription): void {
    if (this.#slots.remove(subscription)) this.#schedule();
  }

  refuse(track: PublishedTrack): void {
    this.#receiver.refuse(track);
  }

  renegotiate(): void {
    this.#schedule();
  }

  /** The client restarts ICE by its own next offer. */
  resume(): void {
    this.#asked = { audio: 0, video: 0 };
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#receiver.stop();
    this.#slots.stop();
    this.#peer.stop();
  }

  #answerSection(transport: Transport, section: Section, accepted: Accepted): SectionAnswer {
    if (section.kind === "application") return answerData(this.#data, transport, section, accepted);
    const { kind } = section;
    if (section.rejected || accepted.codecs.length === 0) {
      this.#evict(section);
      // Whoever has no codec of ours is not asked for another section: it would have none either, again and again.
      if (!section.rejected) this.#refuseUnfit(kind, new Set());
      return { section, accepted: refusedOf(section), role: "refused" };
    }
    const inward = isSending(section) ? this.#receiver.answer(transport, section, accepted) : null;
    if (!isReceiving(section)) {
      this.#evict(section);
      return inward ?? { section, accepted, role: "inactive" };
    }
    const outward = this.#send(transport, section, accepted, kind);
    if (inward?.role !== "receiving") return outward;
    return outward.role === "sending" ? { ...inward, role: "both", sending: outward.sending } : inward;
  }

  /** The client took the section away: what it carried waits for another. */
  #evict(section: Section): void {
    const evicted = this.#slots.close(section.mid);
    if (evicted) this.#slots.add(evicted);
  }

  #refuseUnfit(kind: Kind, codecs: ReadonlySet<string>): void {
    for (const unfit of this.#slots.unfit(kind, codecs)) this.#owner.unsupported(unfit);
  }

  #send(transport: Transport, section: Section, accepted: Accepted, kind: Kind): SectionAnswer {
    const codecs = new Set(accepted.codecs.map(({ name }) => name));
    this.#refuseUnfit(kind, codecs);
    const next = this.#slots.fill(section.mid, kind, codecs);
    if (next === null) return { section, accepted, role: "inactive" };
    if (next.outgoing === null) next.bind(transport, section.mid, this.#peer.connected);
    const ssrcs = next.outgoing?.getSSRCs() ?? { media: 0, rtx: 0 };
    // Sound has no retransmission here; Medooze has an SSRC for it all the same.
    const sending = {
      stream: this.#owner.streamId(next),
      track: next.track.sid,
      ssrcs: { media: ssrcs.media, rtx: kind === "video" ? ssrcs.rtx : 0 },
    };
    return { section, accepted, role: "sending", sending };
  }

  /** Once for all that changes in this turn of the event loop. */
  #schedule(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#stopped || this.#peer.transport === null) return;
      const missing = { audio: this.#missing("audio"), video: this.#missing("video") };
      this.#asked.audio += missing.audio;
      this.#asked.video += missing.video;
      this.#owner.requestOffer(missing.audio, missing.video);
    });
  }

  #missing(kind: "audio" | "video"): number {
    return Math.max(0, this.#slots.missing(kind) - this.#asked[kind]);
  }
}
