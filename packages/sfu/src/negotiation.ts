import type { Transport } from "./medooze.ts";
import { type LocalTransport, type SectionAnswer, writeAnswer } from "./sdp/answer.ts";
import { type Accepted, accept, propertiesOf } from "./sdp/capabilities.ts";
import { NotAnOffer, type Offer, parseOffer, type Section } from "./sdp/offer.ts";
import type { MediaAddress } from "./spread/mediaPorts.ts";
import type { Subscription } from "./subscription.ts";
import type { PublishedTrack } from "./track.ts";

/** What a negotiation asks of the participant it belongs to. */
export interface NegotiationOwner {
  /** The announced track that an offer's section carries; `null`: none that may be published. */
  claim(section: Section): PublishedTrack | null;
  published(track: PublishedTrack): void;
  unpublished(track: PublishedTrack): void;
  connected(): void;
  disconnected(): void;
  /** Asks the client for an offer with so many more sections. The server never offers: it only answers. */
  requestOffer(audio: number, video: number): void;
  streamId(subscription: Subscription): string;
}

/**
 * A section the client receives in. `leaving`: its track ended and the client does not know yet; browsers fire no
 * new `track` event unless the section has been inactive in between.
 */
interface Slot {
  kind: "audio" | "video";
  subscription: Subscription | null;
  leaving: boolean;
}

/** One client's peer connection: its transport, what comes in and what goes out, and the answers to its offers. */
export class Negotiation {
  readonly #media: MediaAddress;
  readonly #owner: NegotiationOwner;
  #transport: Transport | null = null;
  #remote: { ufrag: string; fingerprint: string } | null = null;
  #properties = "";
  #connected = false;
  #version = 0;
  readonly #incoming = new Map<string, PublishedTrack>();
  /** Track ids of their sections, by sid. */
  readonly #trackIds = new Map<string, string | null>();
  readonly #slots = new Map<string, Slot>();
  readonly #waiting = new Set<Subscription>();
  #asked = { audio: 0, video: 0 };
  #scheduled = false;
  #stopped = false;

  constructor(media: MediaAddress, owner: NegotiationOwner) {
    this.#media = media;
    this.#owner = owner;
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** Answers an offer. Throws NotAnOffer when it is none; nothing has changed then. */
  answer(sdp: string): { sdp: string; midToTrackId: Record<string, string> } {
    const offer = parseOffer(sdp);
    const sections = offer.sections.map((section) => ({ section, accepted: accept(section) }));
    const transport = this.#transportFor(offer);
    this.#setProperties(transport, sections);
    this.#asked = { audio: 0, video: 0 };
    this.#stopUnsent(offer.sections);
    const answers = sections.map((part) => this.#answerSection(transport, part.section, part.accepted));
    const text = writeAnswer(this.#local(transport), answers, ++this.#version);
    const midToTrackId: Record<string, string> = {};
    for (const [mid, slot] of this.#slots) if (slot.subscription) midToTrackId[mid] = slot.subscription.track.sid;
    if (this.#waiting.size > 0) this.#schedule();
    return { sdp: text, midToTrackId };
  }

  /** Sends this track as soon as the client has a section for it. */
  add(subscription: Subscription): void {
    this.#waiting.add(subscription);
    this.#schedule();
  }

  remove(subscription: Subscription): void {
    this.#waiting.delete(subscription);
    const slot = subscription.mid === null ? undefined : this.#slots.get(subscription.mid);
    subscription.release();
    if (slot?.subscription !== subscription) return;
    slot.subscription = null;
    slot.leaving = true;
    this.#schedule();
  }

  /** No longer takes in this track: its packets are dropped from now on. */
  refuse(track: PublishedTrack): void {
    for (const [mid, known] of this.#incoming) if (known === track) this.#incoming.delete(mid);
    track.stop();
  }

  /** A track was announced after the offer that carries it: have it offered again. */
  renegotiate(): void {
    this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    for (const track of this.#incoming.values()) track.stop();
    for (const slot of this.#slots.values()) slot.subscription?.release();
    this.#incoming.clear();
    this.#slots.clear();
    this.#waiting.clear();
    this.#transport?.stop();
    this.#transport = null;
  }

  #transportFor(offer: Offer): Transport {
    const { ice, dtls } = offer;
    if (this.#transport === null || this.#remote === null) {
      const transport = this.#media.endpoint.createTransport({ ice, dtls, candidates: [] });
      transport.on("dtlsstate", (state) => this.#dtlsChanged(state));
      transport.on("icetimeout", () => this.#owner.disconnected());
      this.#transport = transport;
      this.#remote = { ufrag: ice.ufrag, fingerprint: dtls.fingerprint };
      return transport;
    }
    if (this.#remote.fingerprint !== dtls.fingerprint) throw new NotAnOffer("The DTLS fingerprint has changed.");
    if (this.#remote.ufrag !== ice.ufrag) {
      this.#transport.restartICE(ice);
      this.#remote.ufrag = ice.ufrag;
    }
    return this.#transport;
  }

  #dtlsChanged(state: string): void {
    if (this.#stopped) return;
    if (state === "connected" && !this.#connected) {
      this.#connected = true;
      for (const slot of this.#slots.values()) slot.subscription?.connect();
      this.#owner.connected();
    } else if (state === "failed" || state === "closed") {
      this.#owner.disconnected();
    }
  }

  #setProperties(transport: Transport, sections: { section: Section; accepted: Accepted }[]): void {
    const properties = propertiesOf(sections);
    const text = JSON.stringify(properties);
    if (text === this.#properties) return;
    this.#properties = text;
    transport.setLocalProperties(properties);
    transport.setRemoteProperties(properties);
  }

  /** The tracks whose section sends no more are unpublished: clients say it in no other way. */
  #stopUnsent(sections: readonly Section[]): void {
    for (const [mid, track] of this.#incoming) {
      const section = sections.find((candidate) => candidate.mid === mid);
      if (section && isSending(section) && (section.trackId === null || !this.#isOther(track, section))) continue;
      this.#incoming.delete(mid);
      track.stop();
      this.#owner.unpublished(track);
    }
  }

  /** Whether this section carries another track than it did. */
  #isOther(track: PublishedTrack, section: Section): boolean {
    return section.trackId !== this.#trackIds.get(track.sid);
  }

  #answerSection(transport: Transport, section: Section, accepted: Accepted): SectionAnswer {
    if (section.kind === "application" || section.rejected || accepted.codecs.length === 0) {
      const slot = this.#slots.get(section.mid);
      this.#slots.delete(section.mid);
      if (slot?.subscription) this.#evict(slot.subscription);
      return { section, accepted, role: "refused" };
    }
    if (isSending(section)) {
      const track = this.#receive(transport, section, accepted);
      if (track === null) return { section, accepted, role: "inactive" };
      return { section, accepted: preferring(accepted, track), role: "receiving", dtx: !track.info.disableDtx };
    }
    if (section.direction === "inactive") return { section, accepted, role: "inactive" };
    return this.#send(transport, section, accepted, section.kind);
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

  #send(transport: Transport, section: Section, accepted: Accepted, kind: Slot["kind"]): SectionAnswer {
    const slot = this.#slots.get(section.mid) ?? { kind, subscription: null, leaving: false };
    this.#slots.set(section.mid, slot);
    if (slot.leaving) {
      slot.leaving = false;
      return { section, accepted, role: "inactive" };
    }
    const next = slot.subscription ?? [...this.#waiting].find((waiting) => waiting.track.kind === kind);
    if (next === undefined) return { section, accepted, role: "inactive" };
    if (slot.subscription === null) {
      this.#waiting.delete(next);
      slot.subscription = next;
      next.bind(transport, section.mid, this.#connected);
    }
    const ssrcs = next.outgoing?.getSSRCs() ?? { media: 0, rtx: 0 };
    // Sound has no retransmission here; Medooze has an SSRC for it all the same.
    const sending = {
      stream: this.#owner.streamId(next),
      track: next.track.sid,
      ssrcs: { media: ssrcs.media, rtx: kind === "video" ? ssrcs.rtx : 0 },
    };
    return { section, accepted, role: "sending", sending };
  }

  /** The client took the section away: the track waits for another. */
  #evict(subscription: Subscription): void {
    subscription.release();
    this.#waiting.add(subscription);
  }

  #local(transport: Transport): LocalTransport {
    const ice = transport.getLocalICEInfo();
    return {
      ufrag: ice.getUfrag(),
      pwd: ice.getPwd(),
      fingerprint: this.#media.endpoint.getDTLSFingerprint(),
      setup: "passive",
      addresses: this.#media.addresses,
      port: this.#media.port,
    };
  }

  /** Once for all that changes in this turn of the event loop. */
  #schedule(): void {
    if (this.#scheduled || this.#stopped) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (this.#stopped || this.#transport === null) return;
      const missing = { audio: this.#missing("audio"), video: this.#missing("video") };
      this.#asked.audio += missing.audio;
      this.#asked.video += missing.video;
      this.#owner.requestOffer(missing.audio, missing.video);
    });
  }

  #missing(kind: Slot["kind"]): number {
    const waiting = [...this.#waiting].filter((subscription) => subscription.track.kind === kind).length;
    const free = [...this.#slots.values()].filter((slot) => slot.kind === kind && slot.subscription === null).length;
    return Math.max(0, waiting - free - this.#asked[kind]);
  }
}

/** Clients send the first codec of the answer: the one they announced the track with comes first. */
function preferring(accepted: Accepted, track: PublishedTrack): Accepted {
  const wished = track.info.mimeType.split("/")[1]?.toLowerCase();
  const first = (codec: { name: string }) => (codec.name === wished ? 0 : 1);
  return { ...accepted, codecs: accepted.codecs.toSorted((a, b) => first(a) - first(b)) };
}

const isSending = (section: Section): boolean =>
  section.kind !== "application" &&
  !section.rejected &&
  (section.direction === "sendonly" || section.direction === "sendrecv");
