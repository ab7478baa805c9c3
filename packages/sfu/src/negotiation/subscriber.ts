import type { Pictures } from "../base/customs.ts";
import type { IcePlain, Transport } from "../engine/medooze.ts";
import type { MediaAddress } from "../ports/mediaPorts.ts";
import { type OurSection, type SectionAnswer, writeDescription } from "../sdp/answer.ts";
import { type Accepted, picturesFor } from "../sdp/capabilities.ts";
import { NotAnOffer, parseAnswer, type Section } from "../sdp/offer.ts";
import { offeredOf } from "../sdp/offered.ts";
import type { Subscription } from "../track/subscription.ts";
import type { DataSection } from "./data.ts";
import type { NegotiationOwner } from "./negotiation.ts";
import { type OfferedSection, OfferedSections, sectionOf } from "./offeredSections.ts";
import { newIce, Peer } from "./peer.ts";

/** An offer that is not answered by then is given up, ms; as long as LiveKit waits. */
const answerWithinMs = 15_000;
/**
 * The peer connection that a client of `/rtc` receives with: we offer, one offer at a time, and it answers. What has
 * changed while an offer is out goes into the next one.
 *
 * The first offer goes out at once, and its first section, data or unused, stays for good: clients of `/rtc` count as
 * connected when this connection is up, which it is not without a section.
 */
export class Subscriber {
  readonly #owner: NegotiationOwner;
  readonly #peer: Peer;
  readonly #pictures: Pictures;
  readonly #sections: OfferedSections;
  readonly #data: DataSection;
  readonly #dataOffer: ReturnType<DataSection["offer"]>;
  #dataOpen = false;
  #ice: IcePlain = newIce();
  #id = 0;
  /** The offer that waits for its answer. */
  #unanswered: NodeJS.Timeout | null = null;
  #changed = false;
  #begun = false;
  #scheduled = false;
  #stopped = false;

  constructor(media: MediaAddress, owner: NegotiationOwner) {
    this.#owner = owner;
    this.#pictures = picturesFor(owner.rights, media.customs.pictures);
    this.#sections = new OfferedSections(this.#pictures);
    this.#data = owner.dataSection("subscriber");
    this.#dataOffer = this.#data.offer();
    this.#peer = new Peer(media, {
      connected: () => {
        this.#sections.connect();
        owner.connected();
      },
      disconnected: () => owner.disconnected(),
      moved: () => owner.moved(),
    });
  }

  get connected(): boolean {
    return this.#peer.connected;
  }

  begin(): void {
    this.#begun = true;
    this.#schedule();
  }

  add(subscription: Subscription): void {
    this.#sections.add(subscription);
    this.#schedule();
  }

  remove(subscription: Subscription): void {
    if (this.#sections.remove(subscription)) this.#schedule();
  }

  /** Offers anew, with an ICE restart: the offer that was out may be lost, and the client's address another. */
  resume(): void {
    this.#answered();
    if (this.#peer.transport !== null) this.#ice = newIce();
    this.#schedule();
  }

  accept(sdp: string, id: number): void {
    // To an offer before the last one, or to none.
    if (this.#unanswered === null || (id !== 0 && id !== this.#id)) return;
    const own = [{ mid: firstMid, kind: this.#dataOffer ? "application" : "audio" }, ...this.#sections.all];
    const answer = parseAnswer(
      sdp,
      own.map(({ mid }) => mid),
    );
    if (
      own.length !== answer.sections.length ||
      own.some(({ mid, kind }, index) => answer.sections[index]?.mid !== mid || answer.sections[index]?.kind !== kind)
    )
      throw new NotAnOffer("The answer has other sections than the offer.");
    this.#answered();
    const transport = this.#peer.meet(
      // Who answers takes one role; "actpass" is none.
      { ice: answer.ice, dtls: answer.dtls.setup === "actpass" ? { ...answer.dtls, setup: "active" } : answer.dtls },
      this.#ice,
    );
    const agreed = answer.sections.map((section) => ({ section, accepted: takenOf(section, this.#pictures) }));
    this.#peer.agree(transport, agreed);
    for (const [index, { section, accepted }] of agreed.entries()) {
      const own = this.#sections.all[index - 1];
      if (own) this.#acceptSection(transport, own, section, accepted);
      else this.#acceptData(transport, section);
    }
    if (this.#changed) this.#schedule();
  }

  stop(): void {
    this.#stopped = true;
    this.#answered();
    this.#sections.stop();
    this.#peer.stop();
  }

  #acceptData(transport: Transport, section: Section): void {
    if (section.kind !== "application" || section.rejected || this.#dataOpen) return;
    this.#dataOpen = true;
    this.#data.open(transport);
  }

  #acceptSection(transport: Transport, own: OfferedSection, section: Section, accepted: Accepted): void {
    if (own.ended === "offered") own.ended = "agreed";
    const { subscription } = own;
    if (subscription === null || subscription.outgoing !== null) return;
    const codecs = new Set(accepted.codecs.map(({ name }) => name));
    if (!subscription.agree(codecs)) this.#owner.unsupported(subscription);
    else subscription.bind(transport, section.mid, this.#peer.connected, own.ssrcs);
  }

  /** Once for all that changes in this turn of the event loop. */
  #schedule(): void {
    this.#changed = true;
    if (this.#scheduled || this.#stopped || !this.#begun) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      if (!this.#stopped && this.#unanswered === null && this.#changed) this.#offer();
    });
  }

  #offer(): void {
    const sections = [this.#first(), ...this.#sections.offer((subscription) => this.#owner.streamId(subscription))];
    this.#changed = this.#sections.isHeldUp;
    const sdp = writeDescription(this.#peer.local(this.#ice, "actpass"), sections, ++this.#id);
    this.#unanswered = setTimeout(() => {
      this.#unanswered = null;
      this.#owner.unanswered();
    }, answerWithinMs);
    this.#unanswered.unref();
    this.#owner.offer({ sdp, id: this.#id, midToTrackId: this.#sections.midToTrackId() });
  }

  #first(): SectionAnswer {
    if (this.#dataOffer === null) {
      const accepted = offeredOf("audio", this.#pictures);
      return { section: sectionOf(firstMid, "audio", accepted), accepted, role: "inactive" };
    }
    const { protocol, format, lines } = this.#dataOffer;
    const section: OurSection = { mid: firstMid, kind: "application", protocol, format, rids: [] };
    return { section, accepted: { codecs: [], extensions: [] }, role: "data", lines };
  }

  #answered(): void {
    if (this.#unanswered) clearTimeout(this.#unanswered);
    this.#unanswered = null;
  }
}

const firstMid = "0";

/** Of what we offered, what the answer takes: by our own numbers, whatever it says of them. */
function takenOf(section: Section, pictures: Pictures): Accepted {
  if (section.kind === "application" || section.rejected) return { codecs: [], extensions: [] };
  const { codecs, extensions } = offeredOf(section.kind, pictures);
  return {
    codecs: codecs.filter((codec) =>
      section.codecs.some(({ payload, name }) => payload === codec.payload && name === codec.name),
    ),
    extensions: extensions.filter(({ id, uri }) =>
      section.extensions.some((taken) => taken.id === id && taken.uri === uri),
    ),
  };
}
