import { randomInt } from "node:crypto";
import type { Pictures } from "../base/customs.ts";
import type { Kind } from "../engine/medooze.ts";
import type { OurSection, SectionAnswer, Sending } from "../sdp/answer.ts";
import type { Accepted } from "../sdp/capabilities.ts";
import { offeredOf } from "../sdp/offered.ts";
import type { Subscription } from "../track/subscription.ts";

/** As many as we take in an offer of a client. */
const maxSections = 512;

/**
 * A section of ours. A track ends with its section: that is offered with port 0, and once the client has agreed
 * another track may stand in its place, by another mid (RFC 8829, 5.2.2). Used a second time as it is, a section would
 * show its first track's id to clients that know tracks by nothing else.
 */
export interface OfferedSection {
  readonly mid: string;
  readonly kind: Kind;
  /** `null`: what it carried has ended. */
  subscription: Subscription | null;
  /** Its sources, told before there is a transport that could make them. */
  readonly ssrcs: Sending["ssrcs"];
  /** The end was offered; and was agreed to. */
  ended: "no" | "offered" | "agreed";
}

/** The media sections that we offer one client, in their order, and the subscriptions that wait for one. */
export class OfferedSections {
  readonly #sections: OfferedSection[] = [];
  readonly #waiting = new Set<Subscription>();
  readonly #pictures: Pictures;
  #mids = 0;

  constructor(pictures: Pictures) {
    this.#pictures = pictures;
  }

  get all(): readonly OfferedSection[] {
    return this.#sections;
  }

  add(subscription: Subscription): void {
    this.#waiting.add(subscription);
  }

  /** Returns whether the client is to be told. */
  remove(subscription: Subscription): boolean {
    this.#waiting.delete(subscription);
    subscription.release();
    const section = this.#sections.find((candidate) => candidate.subscription === subscription);
    if (section === undefined) return false;
    section.subscription = null;
    return true;
  }

  /** All of them as the next offer has them, with sections for those that waited. */
  offer(streamId: (subscription: Subscription) => string): SectionAnswer[] {
    for (const subscription of this.#waiting) this.#place(subscription);
    return this.#sections.map((section) => this.#offered(section, streamId));
  }

  /** Whether something waits for the client to agree that a section has ended. */
  get isHeldUp(): boolean {
    return this.#waiting.size > 0 && this.#sections.some(({ ended }) => ended === "offered");
  }

  midToTrackId(): Record<string, string> {
    const named: Record<string, string> = {};
    for (const { mid, subscription } of this.#sections) if (subscription) named[mid] = subscription.track.sid;
    return named;
  }

  /** What is sent now arrives. */
  connect(): void {
    for (const { subscription } of this.#sections) subscription?.connect();
  }

  stop(): void {
    for (const { subscription } of this.#sections) subscription?.release();
    this.#sections.length = 0;
    this.#waiting.clear();
  }

  /** In the place of a section that ended, or in a new one. */
  #place(subscription: Subscription): void {
    const ended = this.#sections.findIndex((section) => section.ended === "agreed");
    const index = ended < 0 ? this.#sections.length : ended;
    if (index >= maxSections) return;
    const { kind } = subscription.track;
    const ssrcs = { media: this.#newSsrc(), rtx: kind === "video" ? this.#newSsrc() : 0 };
    this.#sections[index] = { mid: String(++this.#mids), kind, subscription, ssrcs, ended: "no" };
    this.#waiting.delete(subscription);
  }

  #offered(own: OfferedSection, streamId: (subscription: Subscription) => string): SectionAnswer {
    const { mid, kind, subscription, ssrcs } = own;
    const accepted = offeredOf(kind, this.#pictures);
    const part = { section: sectionOf(mid, kind, accepted), accepted };
    if (subscription === null) {
      if (own.ended === "no") own.ended = "offered";
      return { ...part, role: "refused" };
    }
    return {
      ...part,
      role: "sending",
      sending: { stream: streamId(subscription), track: subscription.track.sid, ssrcs },
    };
  }

  #newSsrc(): number {
    for (;;) {
      const ssrc = randomInt(1, 2 ** 31);
      if (!this.#sections.some(({ ssrcs }) => ssrcs.media === ssrc || ssrcs.rtx === ssrc)) return ssrc;
    }
  }
}

/** A media section with what we offer in it. */
export const sectionOf = (mid: string, kind: Kind, { codecs }: Accepted): OurSection => ({
  mid,
  kind,
  protocol: "UDP/TLS/RTP/SAVPF",
  format: codecs.map(({ payload }) => payload).join(" "),
  rids: [],
});
