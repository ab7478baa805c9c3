import type { Transport } from "../engine/medooze.ts";
import type { SectionAnswer } from "../sdp/answer.ts";
import type { Accepted } from "../sdp/capabilities.ts";
import type { Section } from "../sdp/offer.ts";
import type { PublishedTrack } from "../track/track.ts";

/** Who owns what a client publishes. */
export interface Publishing {
  /** The announced track that an offer's section carries; `null`: none that may be published. */
  claim(section: Section): PublishedTrack | null;
  published(track: PublishedTrack): void;
  unpublished(track: PublishedTrack): void;
}

/** What a client sends by one peer connection: the sections of its offers in which it publishes. */
export class Receiver {
  readonly #owner: Publishing;
  readonly #incoming = new Map<string, PublishedTrack>();
  /** Track ids of these sections, by mid. */
  readonly #trackIds = new Map<string, string | null>();

  constructor(owner: Publishing) {
    this.#owner = owner;
  }

  /** The tracks whose section sends no more are unpublished: clients say it in no other way. */
  stopUnsent(sections: readonly Section[]): void {
    for (const [mid, track] of this.#incoming) {
      const section = sections.find((candidate) => candidate.mid === mid);
      if (section && isSending(section) && (section.trackId === null || !this.#isOther(section))) continue;
      this.#incoming.delete(mid);
      this.#trackIds.delete(mid);
      if (track.stopSection(mid)) this.#ended(track);
    }
  }

  /** Takes in the track of a section that sends, if it may be published. */
  answer(transport: Transport, section: Section, accepted: Accepted): SectionAnswer {
    const track = this.#receive(transport, section, accepted);
    if (track === null) return { section, accepted, role: "inactive" };
    return { section, accepted: preferring(accepted, section, track), role: "receiving", dtx: !track.info.disableDtx };
  }

  refuse(track: PublishedTrack): void {
    this.#forget(track);
    track.stop();
  }

  stop(): void {
    for (const track of this.#incoming.values()) track.stop();
    this.#incoming.clear();
  }

  /** Whether this section carries another track than it did. */
  #isOther(section: Section): boolean {
    return section.trackId !== this.#trackIds.get(section.mid);
  }

  #ended(track: PublishedTrack): void {
    this.#forget(track);
    this.#owner.unpublished(track);
  }

  /** All its sections: a track may come in more than one codec. */
  #forget(track: PublishedTrack): void {
    for (const [mid, known] of this.#incoming) {
      if (known !== track) continue;
      this.#incoming.delete(mid);
      this.#trackIds.delete(mid);
    }
  }

  #receive(transport: Transport, section: Section, accepted: Accepted): PublishedTrack | null {
    const known = this.#incoming.get(section.mid);
    if (known) return known;
    const track = this.#owner.claim(section);
    if (track === null) return null;
    const codec = preferring(accepted, section, track).codecs[0]?.name;
    if (codec === undefined || track.media(codec) !== null) return null;
    track.receive(transport, section, codec);
    this.#incoming.set(section.mid, track);
    this.#trackIds.set(section.mid, section.trackId);
    this.#owner.published(track);
    return track;
  }
}

/** Clients send the first codec of the answer: the one they announced the track with comes first. */
function preferring(accepted: Accepted, section: Section, track: PublishedTrack): Accepted {
  const announced = section.trackId === null ? null : track.codecOf(section.trackId);
  const wished = announced ?? track.info.mimeType.split("/")[1]?.toLowerCase();
  const first = (codec: { name: string }) => (codec.name === wished ? 0 : 1);
  return { ...accepted, codecs: accepted.codecs.toSorted((a, b) => first(a) - first(b)) };
}

export const isSending = (section: Section): boolean =>
  section.kind !== "application" &&
  !section.rejected &&
  (section.direction === "sendonly" || section.direction === "sendrecv");

export const isReceiving = (section: Section): boolean =>
  section.direction === "recvonly" || section.direction === "sendrecv";
