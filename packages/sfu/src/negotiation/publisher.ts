import type { Pictures } from "../base/customs.ts";
import type { Transport } from "../engine/medooze.ts";
import type { MediaAddress } from "../ports/mediaPorts.ts";
import { type SectionAnswer, writeDescription } from "../sdp/answer.ts";
import { type Accepted, accept, refusedOf } from "../sdp/capabilities.ts";
import { parseOffer, type Section } from "../sdp/offer.ts";
import type { PublishedTrack } from "../track/track.ts";
import type { DataSection } from "./data.ts";
import type { Description } from "./negotiation.ts";
import { iceOf, Peer, type PeerEvents } from "./peer.ts";
import { isSending, type Publishing, Receiver } from "./receiver.ts";

/** The peer connection that a client of `/rtc` publishes with: it offers, and nothing is sent to it here. */
export class Publisher {
  readonly #peer: Peer;
  readonly #pictures: Pictures;
  readonly #receiver: Receiver;
  readonly #data: DataSection;
  #version = 0;

  constructor(media: MediaAddress, owner: Publishing, data: DataSection, events: PeerEvents) {
    this.#pictures = media.customs.pictures;
    this.#receiver = new Receiver(owner);
    this.#data = data;
    this.#peer = new Peer(media, events);
  }

  answer(sdp: string): Description {
    const offer = parseOffer(sdp);
    const sections = offer.sections.map((section) => ({ section, accepted: accept(section, this.#pictures) }));
    const transport = this.#peer.meet(offer);
    this.#peer.agree(transport, sections);
    this.#receiver.stopUnsent(offer.sections);
    const answers = sections.map((part) => this.#answerSection(transport, part.section, part.accepted));
    const text = writeDescription(this.#peer.local(iceOf(transport), "passive"), answers, ++this.#version);
    return { sdp: text, midToTrackId: {} };
  }

  refuse(track: PublishedTrack): void {
    this.#receiver.refuse(track);
  }

  stop(): void {
    this.#receiver.stop();
    this.#peer.stop();
  }

  #answerSection(transport: Transport, section: Section, accepted: Accepted): SectionAnswer {
    if (section.kind === "application") return answerData(this.#data, transport, section, accepted);
    if (section.rejected || accepted.codecs.length === 0)
      return { section, accepted: refusedOf(section), role: "refused" };
    if (isSending(section)) return this.#receiver.answer(transport, section, accepted);
    return { section, accepted, role: "inactive" };
  }
}

/** An offered application section, as `data` wants it. */
export function answerData(
  data: DataSection,
  transport: Transport,
  section: Section,
  accepted: Accepted,
): SectionAnswer {
  const lines = section.rejected ? null : data.answer(section);
  if (lines === null) return { section, accepted, role: "refused" };
  data.open(transport);
  return { section, accepted, role: "data", lines };
}
