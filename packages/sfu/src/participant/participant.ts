import {
  type ClientInfo_Capability,
  type ClientInfo_SDK,
  type DisconnectReason,
  type ParticipantInfo,
  ParticipantInfo_State,
} from "@livekit/protocol";
import { newParticipantSid } from "../base/ids.ts";
import type { Log } from "../base/log.ts";
import type { DataKind } from "../data/channels.ts";
import { Mailbox, type MailboxOwner } from "../data/mailbox.ts";
import { createNegotiation } from "../negotiation/create.ts";
import type { DataSection } from "../negotiation/data.ts";
import type { Description, Form, Negotiation, NegotiationOwner } from "../negotiation/negotiation.ts";
import type { MediaAddress } from "../ports/mediaPorts.ts";
import type { Verdict } from "../quality/assess.ts";
import type { Limits } from "../session/limits.ts";
import type { Session } from "../session/session.ts";
import type { Rights, Ticket } from "../ticket/ticket.ts";
import type { Subscription } from "../track/subscription.ts";
import type { PublishedTrack } from "../track/track.ts";
import { Audience } from "./audience.ts";
import { infoOf } from "./participantInfo.ts";
import { Publications, type PublicationsOwner } from "./publications.ts";
import { Subscriptions, type SubscriptionsOwner } from "./subscriptions.ts";

/** What a participant tells its room. */
export interface ParticipantEvents {
  /** Something that others see has changed. */
  changed(participant: Participant): void;
  /** Its media is connected, for the first time. */
  active(participant: Participant): void;
  published(participant: Participant, track: PublishedTrack): void;
  unpublished(participant: Participant, track: PublishedTrack): void;
  /** A data packet of its client, which may send; to how many it went. */
  posted(participant: Participant, kind: DataKind, bytes: Buffer): number;
  /** Its connections cannot be brought to an agreement any more: it is to come back anew. */
  failed(participant: Participant): void;
  /** Its media was connected and is no more. */
  mediaLost(participant: Participant): void;
}

/** How a client takes part: what of its join request matters later. */
export interface ClientWishes {
  form: Form;
  autoSubscribe: boolean;
  /** Firefox takes no track ids from SDP: it needs them in the stream's id. */
  trackInStreamId: boolean;
  protocol: number;
  sdk: ClientInfo_SDK;
  /** What it can do with what others send it; told to them as it is. */
  clientProtocol: number;
  capabilities: readonly ClientInfo_Capability[];
}

/** Somebody in a room: rights, tracks and subscriptions. Outlives the signalling socket for a while. */
export class Participant implements NegotiationOwner, MailboxOwner, PublicationsOwner, SubscriptionsOwner {
  readonly sid = newParticipantSid();
  readonly ticket: Ticket;
  readonly wishes: ClientWishes;
  readonly joinedAt = Date.now();
  readonly media: MediaAddress;
  readonly mailbox: Mailbox;
  readonly negotiation: Negotiation;
  readonly publications: Publications;
  readonly subscriptions: Subscriptions;
  /** Whom it lets have what of its own. */
  readonly audience: Audience;
  readonly limits: Limits;
  session: Session | null = null;
  gone = false;
  /** Hands its client a ticket as it would be made now; set by whoever has the key. */
  refreshTicket: () => void = () => {};
  /** A mishap it asked for: its next socket is dropped, before it was told anything or after. */
  dropOnResume: "before" | "after" | null = null;
  /** As of the last look; `null`: not looked at yet. */
  connection: Verdict | null = null;

  #state = ParticipantInfo_State.JOINED;
  #version = 0;
  readonly #events: ParticipantEvents;

  constructor(
    ticket: Ticket,
    wishes: ClientWishes,
    media: MediaAddress,
    limits: Limits,
    events: ParticipantEvents,
    log: Log,
  ) {
    this.ticket = ticket;
    this.wishes = wishes;
    this.subscriptions = new Subscriptions(this, wishes.autoSubscribe);
    this.limits = limits;
    this.media = media;
    this.audience = new Audience(media.customs);
    this.#events = events;
    this.publications = new Publications(this, media.customs, {
      changed: () => events.changed(this),
      published: (track) => events.published(this, track),
      unpublished: (track) => events.unpublished(this, track),
    });
    this.mailbox = new Mailbox(this, log);
    this.negotiation = createNegotiation(wishes.form, media, this);
  }

  get identity(): string {
    return this.ticket.identity;
  }

  /** What it publishes, by sid. */
  get tracks(): ReadonlyMap<string, PublishedTrack> {
    return this.publications.tracks;
  }

  /** As LiveKit: whoever published anything, as long as they may. */
  get isPublisher(): boolean {
    return this.publications.began && this.rights.canPublish;
  }

  /** Whether its media was ever connected. */
  get wasActive(): boolean {
    return this.#state === ParticipantInfo_State.ACTIVE;
  }

  get rights(): Rights {
    return this.ticket.rights;
  }

  /** As others and the server API see it. Each change has a higher version. */
  info(disconnectReason?: DisconnectReason): ParticipantInfo {
    return infoOf(this, this.#state, ++this.#version, disconnectReason);
  }

  /** New rights, at once: what may no longer be published stops here, whatever its client does. */
  setRights(rights: Rights): void {
    Object.assign(this.ticket.rights, rights);
    this.publications.settle();
  }

  stop(): void {
    this.gone = true;
    this.subscriptions.stop();
    this.publications.stop();
    this.mailbox.stop();
    this.negotiation.stop();
  }

  // What its negotiation asks of it.

  connected(): void {
    if (this.#state === ParticipantInfo_State.ACTIVE || this.gone) return;
    this.#state = ParticipantInfo_State.ACTIVE;
    this.#events.active(this);
  }

  disconnected(): void {
    if (!this.gone) this.#events.mediaLost(this);
  }

  moved(): void {
    this.subscriptions.downlink.moved();
  }

  requestOffer(audio: number, video: number): void {
    this.session?.send({ case: "mediaSectionsRequirement", value: { numAudios: audio, numVideos: video } });
  }

  offer({ sdp, id, midToTrackId }: Description & { id: number }): void {
    this.session?.send({ case: "offer", value: { type: "offer", sdp, id, midToTrackId } });
  }

  unanswered(): void {
    this.#events.failed(this);
  }

  unsupported(subscription: Subscription): void {
    this.subscriptions.refuse(subscription);
  }

  dataSection(connection: "single" | "publisher" | "subscriber"): DataSection {
    return this.mailbox.section(connection);
  }

  // What its mailbox asks of it.

  posted(kind: DataKind, data: Buffer): number {
    return this.rights.canPublishData && !this.gone ? this.#events.posted(this, kind, data) : 0;
  }

  streamId(subscription: Subscription): string {
    const { info } = subscription.track;
    const stream = this.wishes.trackInStreamId || info.stream === "" ? info.sid : info.stream;
    return `${subscription.publisher}|${stream}`;
  }
}
