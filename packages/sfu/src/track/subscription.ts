import { TrackSource, type UpdateTrackSettings, VideoQuality } from "@livekit/protocol";
import type { Downlink, Picture } from "../allocation/downlink.ts";
import { type Encoding, type Wish, wantedQuality } from "../allocation/layers.ts";
import { type Quality, qualitiesOf } from "../allocation/qualities.ts";
import type { OutgoingTrack, Transport } from "../engine/medooze.ts";
import { Forwarding } from "./forwarding.ts";
import type { Media } from "./media.ts";
import type { Follower, PublishedTrack } from "./track.ts";

/** One track on its way to one participant: what they want of it. Sound goes as it comes; of a picture its downlink says how much. */
export class Subscription implements Follower, Picture {
  readonly track: PublishedTrack;
  /** Sid of who publishes it. */
  readonly publisher: string;
  /** Whether sound goes out also when louder people speak. */
  hearsAll = false;
  priority = 0;

  readonly #downlink: Downlink;
  #wish: Wish = { quality: VideoQuality.HIGH, width: 0, height: 0, fps: 0 };
  #codec: string | null = null;
  #disabled = false;
  #connected = false;
  #forwarding: Forwarding | null = null;

  constructor(track: PublishedTrack, publisher: string, downlink: Downlink) {
    this.track = track;
    this.publisher = publisher;
    this.#downlink = downlink;
  }

  /** Takes a media section of the subscriber. Nothing flows before `connect`. `ssrcs`: those that were offered. */
  bind(transport: Transport, mid: string, connected: boolean, ssrcs?: { media: number; rtx: number }): void {
    this.track.bound();
    const offered = ssrcs && [ssrcs.media, ...(ssrcs.rtx === 0 ? [] : [ssrcs.rtx])];
    const outgoing = transport.createOutgoingStreamTrack(this.track.kind, {
      id: `${this.track.sid}@${mid}`,
      mediaId: mid,
      ...(offered ? { ssrcs: offered, groups: offered.length > 1 ? [{ semantics: "FID", ssrcs: offered }] : [] } : {}),
    });
    this.#forwarding = new Forwarding(outgoing);
    this.#connected = connected;
    if (this.track.kind === "video") this.#downlink.add(this, transport);
    this.#flow();
  }

  /** Takes whatever of the track somebody can decode who knows these codecs. `false`: nothing. */
  agree(codecs: ReadonlySet<string>): boolean {
    this.#codec = this.track.codecFor(codecs);
    this.track.wishesChanged();
    return this.#codec !== null;
  }

  get wanted(): { codec: string | null; quality: VideoQuality } {
    const quality = this.#disabled ? VideoQuality.OFF : wantedQuality(this.#encodings, this.#wish);
    return { codec: this.#codec, quality };
  }

  /** The subscriber's transport is up: a key frame sent now arrives. */
  connect(): void {
    this.#connected = true;
    this.#flow();
  }

  configure(settings: UpdateTrackSettings): void {
    this.#disabled = settings.disabled || settings.quality === VideoQuality.OFF;
    const { quality, width, height, fps } = settings;
    this.#wish = { quality, width, height, fps };
    this.priority = Math.min(settings.priority, 255);
    this.track.wishesChanged();
    this.#flow();
  }

  /** The track was muted or unmuted, or others are louder or no more: it is forwarded, or is not. */
  trackChanged(): void {
    this.#flow();
  }

  release(): void {
    this.#downlink.remove(this);
    this.#forwarding?.stop();
    this.#forwarding = null;
  }

  /** `null`: it waits for a section. */
  get outgoing(): OutgoingTrack | null {
    return this.#forwarding?.outgoing ?? null;
  }

  get chosen(): Quality | null {
    return this.#forwarding?.chosen ?? null;
  }

  get isWanted(): boolean {
    const isSilent = this.track.isSilent(this.hearsAll);
    return this.#forwarding !== null && this.#media !== null && this.#connected && !this.#disabled && !isSilent;
  }

  /** What comes in of what goes out here; `null`: nothing yet. */
  get #media(): Media | null {
    return this.track.media(this.#codec);
  }

  get #encodings(): readonly Encoding[] {
    return this.#media?.encodings ?? [];
  }

  get isScreen(): boolean {
    return this.track.source === TrackSource.SCREEN_SHARE;
  }

  qualities(): Quality[] {
    return qualitiesOf(this.#encodings, this.#wish);
  }

  choose(quality: Quality | null, atOnce: boolean): void {
    const media = this.#media;
    if (media === null) return;
    if (quality === null) this.#forwarding?.pause();
    else this.#forwarding?.show(media, quality, atOnce);
  }

  refresh(): void {
    if (this.#media) this.#forwarding?.refresh(this.#media);
  }

  /** What is wanted no more stops at once; for the rest of a picture the downlink chooses. */
  #flow(): void {
    const media = this.#media;
    if (!this.isWanted) this.#forwarding?.pause();
    else if (this.track.kind === "audio" && media) this.#forwarding?.hear(media);
    if (this.track.kind === "video") this.#downlink.schedule();
  }
}
