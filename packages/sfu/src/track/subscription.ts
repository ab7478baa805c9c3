import { TrackSource, type UpdateTrackSettings, VideoQuality } from "@livekit/protocol";
import type { Downlink, Picture } from "../allocation/downlink.ts";
import { KeyFrames } from "../allocation/keyFrames.ts";
import { type Encoding, type Wish, wantedQuality } from "../allocation/layers.ts";
import { type Quality, qualitiesOf } from "../allocation/qualities.ts";
import { counts } from "../base/counts.ts";
import type { OutgoingTrack, Transponder, Transport } from "../engine/medooze.ts";
import type { Media } from "./media.ts";
import type { Follower, PublishedTrack } from "./track.ts";

/** Medooze's word for no limit. */
const allLayers = 255;
/** A request for a key frame may be lost; asked anew after this. */
const askAgainMs = 2000;

/** One track on its way to one participant. Sound goes as it comes; of a picture its downlink says how much. */
export class Subscription implements Follower, Picture {
  readonly track: PublishedTrack;
  /** Sid of who publishes it. */
  readonly publisher: string;
  /** The media section it goes out in; `null`: it waits for one. */
  mid: string | null = null;
  outgoing: OutgoingTrack | null = null;
  /** Whether sound goes out also when louder people speak. */
  hearsAll = false;
  chosen: Quality | null = null;
  priority = 0;

  readonly #downlink: Downlink;
  #wish: Wish = { quality: VideoQuality.HIGH, width: 0, height: 0, fps: 0 };
  #codec: string | null = null;
  #disabled = false;
  #connected = false;
  #again: NodeJS.Timeout | null = null;

  constructor(track: PublishedTrack, publisher: string, downlink: Downlink) {
    this.track = track;
    this.publisher = publisher;
    this.#downlink = downlink;
  }

  /** Takes a media section of the subscriber. Nothing flows before `connect`. `ssrcs`: those that were offered. */
  bind(transport: Transport, mid: string, connected: boolean, ssrcs?: { media: number; rtx: number }): void {
    this.mid = mid;
    this.track.bound();
    const offered = ssrcs && [ssrcs.media, ...(ssrcs.rtx === 0 ? [] : [ssrcs.rtx])];
    this.outgoing = transport.createOutgoingStreamTrack(this.track.kind, {
      id: `${this.track.sid}@${mid}`,
      mediaId: mid,
      ...(offered ? { ssrcs: offered, groups: offered.length > 1 ? [{ semantics: "FID", ssrcs: offered }] : [] } : {}),
    });
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
  muteChanged(): void {
    this.#flow();
  }

  release(): void {
    if (this.#again) clearTimeout(this.#again);
    this.#downlink.remove(this);
    this.outgoing?.stop();
    this.outgoing = null;
    this.chosen = null;
    this.mid = null;
  }

  get isWanted(): boolean {
    const isSilent = this.track.isSilent(this.hearsAll);
    return this.outgoing !== null && this.#media !== null && this.#connected && !this.#disabled && !isSilent;
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
    const { outgoing } = this;
    if (outgoing === null || this.#media === null) return;
    if (quality === null) {
      this.#detach();
      return;
    }
    const before = this.chosen;
    this.chosen = quality;
    const transponder = outgoing.getTransponder();
    const now = transponder?.getSelectedEncoding() ?? null;
    if (transponder === null || now === null) this.#attach(quality);
    else if (now !== quality.encoding.id) {
      counts.layerSwitches += 1;
      this.#switch(transponder, quality, atOnce ? null : now);
    } else if (before?.encoding.layer !== quality.encoding.layer || before?.temporal !== quality.temporal) {
      counts.layerSwitches += 1;
      select(transponder, quality);
      // A higher spatial layer begins with a key frame, too.
      if ((before?.encoding.layer ?? 0) < (quality.encoding.layer ?? 0)) this.#begin(quality.encoding.id);
    }
  }

  refresh(): void {
    if (this.chosen && this.#media) KeyFrames.of(this.#media.incoming).ask(this.chosen.encoding.id);
  }

  /** What is wanted no more stops at once; for the rest the downlink chooses. */
  #flow(): void {
    if (!this.isWanted) this.#detach();
    else if (this.track.kind === "audio") this.#attach(null);
    if (this.track.kind === "video") this.#downlink.schedule();
  }

  #attach(quality: Quality | null): void {
    const { outgoing } = this;
    const incoming = this.#media?.incoming;
    if (outgoing === null || !incoming || outgoing.getTransponder()?.getSelectedEncoding() != null) return;
    if (quality === null) {
      outgoing.attachTo(incoming);
      return;
    }
    select(outgoing.attachTo(incoming, layersOf(quality)), quality);
    KeyFrames.of(incoming).ask(quality.encoding.id);
  }

  /**
   * Detaching (and not the transponder's own mute) starts a new run of sequence numbers at the next attach, so that the
   * pause is no loss to the receiver.
   */
  #detach(): void {
    this.chosen = null;
    if (this.outgoing?.getTransponder()?.getSelectedEncoding() != null) this.outgoing.detach();
  }

  /** The new encoding begins with its next key frame; the old one, `before`, goes on until then, if it still comes. */
  #switch(transponder: Transponder, quality: Quality, before: string | null): void {
    const { id } = quality.encoding;
    const arrives = this.#encodings.some((encoding) => encoding.id === before && encoding.bitrate > 0);
    transponder.selectEncoding(id, arrives);
    select(transponder, quality);
    this.#begin(id);
  }

  /** Has a key frame sent with which the new choice begins. */
  #begin(id: string): void {
    const ask = () => {
      if (this.#media && this.chosen?.encoding.id === id) KeyFrames.of(this.#media.incoming).ask(id);
    };
    ask();
    if (this.#again) clearTimeout(this.#again);
    this.#again = setTimeout(ask, askAgainMs).unref();
  }
}

const layersOf = ({ encoding, temporal }: Quality) => ({
  encodingId: encoding.id,
  spatialLayerId: encoding.layer ?? allLayers,
  temporalLayerId: temporal ?? allLayers,
});

/** Attaching sets the layers and does not remember them (1.156), so that another choice of the same would do nothing. */
function select(transponder: Transponder, quality: Quality): void {
  const { spatialLayerId, temporalLayerId } = layersOf(quality);
  transponder.selectLayer(spatialLayerId, temporalLayerId);
}
