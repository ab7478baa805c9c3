import type { Transport } from "../medooze.ts";
import type { SectionAnswer } from "../sdp/answer.ts";
import type { Accepted } from "../sdp/capabilities.ts";
import type { Section } from "../sdp/offer.ts";
import type { PublishedTrack } from "../track.ts";

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
  /** Track ids of their sections, by sid. */
  readonly #trackIds = new Map<string, string | null>();

  constructor(owner: Publishing) {
    this.#owner = owner;
  }

  /** The tracks whose section sends no more are unpublished: clients say it in no other way. */
  stopUnsent(sections: readonly Section[]): void {
    for (const [mid, track] of this.#incoming) {
      const section = sections.find((candidate) => candidate.mid === mid);
      if (section && isSending(section) && (section.trackId === null || !this.#isOther(track, section))) continue;
      this.#incoming.delete(mid);
      this.#trackIds.delete(track.sid);
      track.stop();
      this.#owner.unpublished(track);
    }
  }

  /** Takes in the track of a section that sends, if it may be published. */
  answer(transport: Transport, section: Section, accepted: Accepted): SectionAnswer {
    const track = this.#receive(transport, section, accepted);
    if (track === null) return { section, accepted, role: "inactive" };
    return { section, accepted: preferring(accepted, track), role: "receiving", dtx: !track.info.disableDtx };
  }

  refuse(track: PublishedTrack): void {
    for (const [mid, known] of this.#incoming) if (known === track) this.#incoming.delete(mid);
    this.#trackIds.delete(track.sid);
    track.stop();
  }

  stop(): void {
    for (const track of this.#incoming.values()) track.stop();
    this.#incoming.clear();
  }

  /** Whether this section carries another track than it did. */
  #isOther(track: PublishedTrack, section: Section): boolean {
    return section.trackId !== this.#trackIds.get(track.sid);
  }

  #receive(transport: Transport, section: Section, accepted: Accepted): PublishedTrack | null {
    const known = this.#incoming.get(section.mid);
    if (known) return known;
    const track = this.#owner.claim(section);
    if (track === null) return null;
    const codec = preferring(accepted, track).codecs[0]?.name;
    if (codec === undefined) return null;
    track.receive(transport, section, codec);
    this.#incoming.set(section.mid, track);
    this.#trackIds.set(track.sid, section.trackId);
    this.#owner.published(track);
    return track;
  }
}

/** Clients send the first codec of the answer: the one they announced the track with comes first. */
function preferring(accepted: Accepted, track: PublishedTrack): Accepted {
  const wished = track.info.mimeType.split("/")[1]?.toLowerCase();
  const first = (codec: { name: string }) => (codec.name === wished ? 0 : 1);
  return { ...accepted, codecs: accepted.codecs.toSorted((a, b) => first(a) - first(b)) };
}

export const isSending = (section: Section): boolean =>
  section.kind !== "application" &&
  !section.rejected &&
  (section.direction === "sendonly" || section.direction === "sendrecv");
