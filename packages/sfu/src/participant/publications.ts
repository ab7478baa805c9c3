import { type AddTrackRequest, TrackSource, TrackType } from "@livekit/protocol";
import type { Customs } from "../base/customs.ts";
import type { Negotiation } from "../negotiation/negotiation.ts";
import type { Publishing } from "../negotiation/receiver.ts";
import type { Section } from "../sdp/offer.ts";
import type { Session } from "../session/session.ts";
import { mayPublish, type Rights } from "../ticket/ticket.ts";
import { PublishedTrack } from "../track/track.ts";

/** Whose publications they are. */
export interface PublicationsOwner {
  readonly rights: Rights;
  readonly session: Session | null;
  readonly negotiation: Negotiation;
}

export interface PublicationEvents {
  /** Something of a track has changed that others see. */
  changed(): void;
  published(track: PublishedTrack): void;
  unpublished(track: PublishedTrack): void;
}

/** Of one participant, announced and published: everybody else needs a media section for each. */
const maxTracks = 32;

/** What one participant publishes: announced by its client (`addTrack`), and then carried by a section of an offer. */
export class Publications implements Publishing {
  /** Published, by sid. */
  readonly tracks = new Map<string, PublishedTrack>();
  /** Whether there was ever any. */
  began = false;
  readonly #pending = new Map<string, PublishedTrack>();
  readonly #owner: PublicationsOwner;
  readonly #customs: Customs;
  readonly #events: PublicationEvents;

  constructor(owner: PublicationsOwner, customs: Customs, events: PublicationEvents) {
    this.#owner = owner;
    this.#customs = customs;
    this.#events = events;
  }

  /** A track its client means to publish. `null`: it may not. The same `cid` again gets the same track. */
  announce(request: AddTrackRequest): PublishedTrack | null {
    const known = this.#find(request.cid);
    if (known) return known;
    if (request.sid !== "") return this.#announceBackup(request);
    if (!isOfItsKind(request) || !mayPublish(this.#owner.rights, request.source)) return null;
    if (this.#pending.size + this.tracks.size >= maxTracks || !isModest(request)) return null;
    const track = new PublishedTrack(request);
    track.heard = () => this.#owner.session?.send({ case: "trackSubscribed", value: { trackSid: track.sid } });
    this.#pending.set(track.sid, track);
    this.#owner.negotiation.renegotiate();
    return track;
  }

  /** Published or announced; `null`: not its own. */
  find(trackSid: string): PublishedTrack | null {
    return this.tracks.get(trackSid) ?? this.#pending.get(trackSid) ?? null;
  }

  mute(trackSid: string, muted: boolean): PublishedTrack | null {
    const track = this.find(trackSid);
    if (!track) return null;
    if (track.muted !== muted) {
      track.info.muted = muted;
      for (const follower of track.followers) follower.trackChanged();
      if (this.tracks.has(trackSid)) this.#events.changed();
    }
    return track;
  }

  /** What its owner may no longer publish stops here, whatever the client does. */
  settle(): void {
    const { rights } = this.#owner;
    for (const track of [...this.#pending.values()])
      if (!mayPublish(rights, track.source)) this.#pending.delete(track.sid);
    for (const track of [...this.tracks.values()]) if (!mayPublish(rights, track.source)) this.#end(track);
  }

  stop(): void {
    this.#pending.clear();
  }

  // What the connections it comes in by ask of it.

  claim(section: Section): PublishedTrack | null {
    const pending = [...this.#pending.values()].filter((track) => track.kind === section.kind);
    const { trackId } = section;
    const isNamed = (track: PublishedTrack) => trackId !== null && track.codecOf(trackId) !== null;
    const named = pending.find(isNamed) ?? [...this.tracks.values()].find(isNamed);
    // Some clients rename the track between announcing and offering it; one alone cannot be mistaken.
    const track = named ?? (pending.length === 1 ? pending[0] : undefined);
    return track && mayPublish(this.#owner.rights, track.source) ? track : null;
  }

  published(track: PublishedTrack): void {
    this.#pending.delete(track.sid);
    // Another codec of it: all who see it are told.
    if (this.tracks.has(track.sid)) {
      this.#events.changed();
      return;
    }
    this.began = true;
    if (this.#customs.oneOfEachSource) this.#endThoseLike(track);
    this.tracks.set(track.sid, track);
    track.tellWishes((told) => this.#owner.session?.send({ case: "subscribedQualityUpdate", value: told }));
    this.#events.published(track);
  }

  unpublished(track: PublishedTrack): void {
    this.tracks.delete(track.sid);
    this.#events.unpublished(track);
  }

  /** Not the new one is refused: whoever changes a device may publish the next before the last is gone. */
  #endThoseLike(track: PublishedTrack): void {
    for (const older of [...this.tracks.values()])
      if (older.source === track.source && older.kind === track.kind) this.#end(older);
  }

  /** Ends a track from the server's side. */
  #end(track: PublishedTrack): void {
    const { negotiation, session } = this.#owner;
    negotiation.refuse(track);
    this.unpublished(track);
    session?.send({ case: "trackUnpublished", value: { trackSid: track.sid } });
    negotiation.renegotiate();
  }

  /** Another codec of a track that is published already. `null`: there is no such track. */
  #announceBackup(request: AddTrackRequest): PublishedTrack | null {
    const track = this.tracks.get(request.sid);
    if (!track || !isModest(request)) return null;
    track.announceBackup(request);
    this.#owner.negotiation.renegotiate();
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
