import {
  type AddTrackRequest,
  type ClientInfo_SDK,
  type DisconnectReason,
  ParticipantInfo,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  ParticipantPermission,
  SubscriptionError,
  TrackSource,
  TrackType,
  type UpdateTrackSettings,
} from "@livekit/protocol";
import { Downlink } from "./allocation/downlink.ts";
import type { DataKind } from "./data/channels.ts";
import { Mailbox, type MailboxOwner } from "./data/mailbox.ts";
import { newParticipantSid } from "./ids.ts";
import type { Log } from "./log.ts";
import { createNegotiation } from "./negotiation/create.ts";
import type { DataSection } from "./negotiation/data.ts";
import type { Description, Form, Negotiation, NegotiationOwner } from "./negotiation/negotiation.ts";
import type { Verdict } from "./quality/assess.ts";
import { Audience } from "./reception/audience.ts";
import { Interest } from "./reception/interest.ts";
import type { Section } from "./sdp/offer.ts";
import type { Session } from "./session.ts";
import type { Limits } from "./signal/limits.ts";
import type { MediaAddress } from "./spread/mediaPorts.ts";
import { Subscription } from "./subscription.ts";
import { mayPublish, type Rights, type Ticket } from "./ticket.ts";
import { PublishedTrack } from "./track.ts";

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
}

/** Of one participant, announced and published: everybody else needs a media section for each. */
const maxTracks = 32;

/** Somebody in a room: rights, tracks and subscriptions. Outlives the signalling socket for a while. */
export class Participant implements NegotiationOwner, MailboxOwner {
  readonly sid = newParticipantSid();
  readonly ticket: Ticket;
  readonly wishes: ClientWishes;
  readonly joinedAt = Date.now();
  readonly media: MediaAddress;
  readonly mailbox: Mailbox;
  readonly negotiation: Negotiation;
  readonly tracks = new Map<string, PublishedTrack>();
  readonly subscriptions = new Map<string, Subscription>();
  /** Who of those it sees gets how much of its path. */
  readonly downlink = new Downlink((streamStates) =>
    this.session?.send({ case: "streamStateUpdate", value: { streamStates } }),
  );
  /** What it wants of others, and whom it lets have what of its own. */
  readonly interest: Interest;
  readonly audience = new Audience();
  readonly limits: Limits;
  session: Session | null = null;
  gone = false;
  /** A mishap it asked for: its next socket is dropped, before it was told anything or after. */
  dropOnResume: "before" | "after" | null = null;
  /** As of the last look; `null`: not looked at yet. */
  connection: Verdict | null = null;

  #state = ParticipantInfo_State.JOINED;
  #version = 0;
  readonly #pending = new Map<string, PublishedTrack>();
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
    this.interest = new Interest(wishes.autoSubscribe);
    this.limits = limits;
    this.media = media;
    this.#events = events;
    this.mailbox = new Mailbox(this, log);
    this.negotiation = createNegotiation(wishes.form, media, this);
  }

  get identity(): string {
    return this.ticket.identity;
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
    const { ticket } = this;
    return new ParticipantInfo({
      sid: this.sid,
      identity: ticket.identity,
      name: ticket.name,
      metadata: ticket.metadata,
      attributes: ticket.attributes,
      state: disconnectReason === undefined ? this.#state : ParticipantInfo_State.DISCONNECTED,
      ...(disconnectReason === undefined ? {} : { disconnectReason }),
      tracks: [...this.tracks.values()].map((track) => track.info),
      joinedAt: BigInt(Math.floor(this.joinedAt / 1000)),
      joinedAtMs: BigInt(this.joinedAt),
      version: ++this.#version,
      permission: permissionOf(ticket.rights),
      isPublisher: this.tracks.size > 0,
      kind: ticket.rights.recorder ? ParticipantInfo_Kind.EGRESS : ParticipantInfo_Kind.STANDARD,
    });
  }

  /** A track its client means to publish. `null`: it may not. The same `cid` again gets the same track. */
  announce(request: AddTrackRequest): PublishedTrack | null {
    const known = this.#find(request.cid);
    if (known) return known;
    if (request.sid !== "") return this.#announceBackup(request);
    if (!isOfItsKind(request) || !mayPublish(this.rights, request.source)) return null;
    if (this.#pending.size + this.tracks.size >= maxTracks || !isModest(request)) return null;
    const track = new PublishedTrack(request);
    track.heard = () => this.session?.send({ case: "trackSubscribed", value: { trackSid: track.sid } });
    this.#pending.set(track.sid, track);
    this.negotiation.renegotiate();
    return track;
  }

  /** Published or announced. */
  ownTrack(trackSid: string): PublishedTrack | null {
    return this.tracks.get(trackSid) ?? this.#pending.get(trackSid) ?? null;
  }

  mute(trackSid: string, muted: boolean): PublishedTrack | null {
    const track = this.ownTrack(trackSid);
    if (!track) return null;
    if (track.muted !== muted) {
      track.info.muted = muted;
      for (const follower of track.followers) follower.muteChanged();
      if (this.tracks.has(trackSid)) this.#events.changed(this);
    }
    return track;
  }

  /** New rights, at once: what may no longer be published stops here, whatever its client does. */
  setRights(rights: Rights): void {
    Object.assign(this.ticket.rights, rights);
    for (const track of [...this.#pending.values()])
      if (!mayPublish(rights, track.source)) this.#pending.delete(track.sid);
    for (const track of [...this.tracks.values()]) if (!mayPublish(rights, track.source)) this.unpublish(track);
  }

  /** Ends a track of its own from the server's side. */
  unpublish(track: PublishedTrack): void {
    this.negotiation.refuse(track);
    this.unpublished(track);
    this.session?.send({ case: "trackUnpublished", value: { trackSid: track.sid } });
    this.negotiation.renegotiate();
  }

  subscribe(publisher: Participant, track: PublishedTrack): void {
    if (this.subscriptions.has(track.sid)) return;
    const subscription = new Subscription(track, publisher.sid, this.downlink);
    subscription.hearsAll = this.rights.recorder;
    this.subscriptions.set(track.sid, subscription);
    track.follow(subscription);
    const settings = this.interest.meet(track.sid);
    if (settings) subscription.configure(settings);
    this.negotiation.add(subscription);
  }

  unsubscribe(trackSid: string): void {
    const subscription = this.subscriptions.get(trackSid);
    if (!subscription) return;
    this.subscriptions.delete(trackSid);
    subscription.track.unfollow(subscription);
    this.negotiation.remove(subscription);
  }

  /** How it wants this track, now or when there is one. */
  configure(trackSid: string, settings: UpdateTrackSettings): void {
    this.interest.configure(trackSid, settings);
    this.subscriptions.get(trackSid)?.configure(settings);
  }

  stop(): void {
    this.gone = true;
    this.interest.stop();
    for (const subscription of this.subscriptions.values()) subscription.track.unfollow(subscription);
    this.subscriptions.clear();
    this.#pending.clear();
    this.mailbox.stop();
    this.negotiation.stop();
  }

  // What its negotiation asks of it.

  claim(section: Section): PublishedTrack | null {
    const pending = [...this.#pending.values()].filter((track) => track.kind === section.kind);
    const { trackId } = section;
    const isNamed = (track: PublishedTrack) => trackId !== null && track.codecOf(trackId) !== null;
    const named = pending.find(isNamed) ?? [...this.tracks.values()].find(isNamed);
    // Some clients rename the track between announcing and offering it; one alone cannot be mistaken.
    const track = named ?? (pending.length === 1 ? pending[0] : undefined);
    return track && mayPublish(this.rights, track.source) ? track : null;
  }

  published(track: PublishedTrack): void {
    this.#pending.delete(track.sid);
    // Another codec of it: all who see it are told.
    if (this.tracks.has(track.sid)) {
      this.#events.changed(this);
      return;
    }
    this.tracks.set(track.sid, track);
    track.tellWishes((told) => this.session?.send({ case: "subscribedQualityUpdate", value: told }));
    this.#events.published(this, track);
  }

  unpublished(track: PublishedTrack): void {
    this.tracks.delete(track.sid);
    this.#events.unpublished(this, track);
  }

  connected(): void {
    if (this.#state === ParticipantInfo_State.ACTIVE || this.gone) return;
    this.#state = ParticipantInfo_State.ACTIVE;
    this.#events.active(this);
  }

  disconnected(): void {
    if (!this.gone) this.#events.mediaLost(this);
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
    const trackSid = subscription.track.sid;
    this.unsubscribe(trackSid);
    this.session?.send({
      case: "subscriptionResponse",
      value: { trackSid, err: SubscriptionError.SE_CODEC_UNSUPPORTED },
    });
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

  /** Another codec of a track that is published already. `null`: there is no such track. */
  #announceBackup(request: AddTrackRequest): PublishedTrack | null {
    const track = this.tracks.get(request.sid);
    if (!track || !isModest(request)) return null;
    track.announceBackup(request);
    this.negotiation.renegotiate();
    return track;
  }

  #find(cid: string): PublishedTrack | undefined {
    return [...this.#pending.values()].find((track) => track.codecOf(cid) !== null);
  }
}

/** What is said of a track goes to everybody at every change. */
const isModest = ({ name, cid, stream, layers, simulcastCodecs, audioFeatures }: AddTrackRequest): boolean =>
  [name, cid, stream].every((text) => text.length <= 256) &&
  [layers, simulcastCodecs, audioFeatures].every((list) => list.length <= 16);

/** A picture is no microphone, whatever its client calls it: rights go by source. */
function isOfItsKind(request: AddTrackRequest): boolean {
  switch (request.source) {
    case TrackSource.MICROPHONE:
    case TrackSource.SCREEN_SHARE_AUDIO:
      return request.type === TrackType.AUDIO;
    case TrackSource.CAMERA:
    case TrackSource.SCREEN_SHARE:
      return request.type === TrackType.VIDEO;
    default:
      return request.type !== TrackType.DATA;
  }
}

const permissionOf = (rights: Rights): ParticipantPermission =>
  new ParticipantPermission({
    canPublish: rights.canPublish,
    canPublishData: rights.canPublishData,
    canPublishSources: rights.canPublishSources.filter((source) => source !== TrackSource.UNKNOWN),
    canSubscribe: rights.canSubscribe,
    canUpdateMetadata: rights.canUpdateMetadata,
    hidden: rights.hidden,
    recorder: rights.recorder,
  });
