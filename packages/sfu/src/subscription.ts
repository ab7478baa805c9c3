import { type UpdateTrackSettings, VideoQuality } from "@livekit/protocol";
import { chooseEncoding, type Wish } from "./layers.ts";
import type { OutgoingTrack, Transport } from "./medooze.ts";
import type { Follower, PublishedTrack } from "./track.ts";

/** Medooze's word for no limit. */
const allLayers = 255;

/** One track on its way to one participant. */
export class Subscription implements Follower {
  readonly track: PublishedTrack;
  /** Sid of who publishes it. */
  readonly publisher: string;
  /** The media section it goes out in; `null`: it waits for one. */
  mid: string | null = null;
  outgoing: OutgoingTrack | null = null;

  #wish: Wish = { quality: VideoQuality.HIGH, width: 0, height: 0 };
  #disabled = false;
  #connected = false;
  #retries: NodeJS.Timeout[] = [];

  constructor(track: PublishedTrack, publisher: string) {
    this.track = track;
    this.publisher = publisher;
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
    this.#flow();
  }

  /** The subscriber's transport is up: a key frame sent now arrives. */
  connect(): void {
    this.#connected = true;
    this.#flow();
  }

  configure(settings: UpdateTrackSettings): void {
    this.#disabled = settings.disabled || settings.quality === VideoQuality.OFF;
    this.#wish = { quality: settings.quality, width: settings.width, height: settings.height };
    this.#flow();
    this.select();
  }

  /** The track was muted or unmuted: what is muted is not forwarded. */
  muteChanged(): void {
    this.#flow();
  }

  /** Forwards the best encoding of those that arrive now. */
  select(): void {
    const { encodings } = this.track;
    const transponder = this.outgoing?.getTransponder();
    if (!transponder || this.#paused || this.track.incoming === null || this.track.kind === "audio") return;
    const wanted = chooseEncoding(encodings, this.#wish);
    const now = transponder.getSelectedEncoding();
    if (wanted === null || now === null) return;
    const layer = wanted.layer ?? allLayers;
    const before = transponder.getSelectedSpatialLayerId();
    if (wanted.id === now && layer === before) return;
    if (wanted.id !== now) {
      const arrives = encodings.some((encoding) => encoding.id === now && encoding.bitrate > 0);
      transponder.selectEncoding(wanted.id, arrives);
    }
    transponder.selectLayer(layer, allLayers);
    this.#askForKeyFrame(wanted.id);
  }

  release(): void {
    for (const timer of this.#retries) clearTimeout(timer);
    this.outgoing?.stop();
    this.outgoing = null;
    this.mid = null;
  }

  /**
   * A switch is done at the new encoding's next key frame, for which Medooze asks once, and not at all when it asked
   * within the last 500 ms. So it is asked again just after that, and later once more, lest the asking was lost.
   */
  #askForKeyFrame(id: string): void {
    for (const timer of this.#retries) clearTimeout(timer);
    const ask = () => {
      const encoding = this.track.incoming?.getEncoding(id);
      encoding?.receiver.SendPLI(encoding.source.media.ssrc);
    };
    this.#retries = [600, 2000].map((ms) => setTimeout(ask, ms).unref());
  }

  get #paused(): boolean {
    return this.#disabled || this.track.muted || !this.#connected;
  }

  /**
   * Attaches or detaches. Detaching (and not the transponder's own mute) starts a new run of sequence numbers
   * at the next attach, so that the pause is no loss to the receiver; attaching asks for a key frame.
   */
  #flow(): void {
    const { outgoing, track } = this;
    if (outgoing === null || track.incoming === null) return;
    const attached = outgoing.getTransponder()?.getSelectedEncoding() != null;
    if (this.#paused) {
      if (attached) outgoing.detach();
    } else if (!attached) {
      const wanted = chooseEncoding(track.encodings, this.#wish);
      const layers = { spatialLayerId: wanted?.layer ?? allLayers, temporalLayerId: allLayers };
      const transponder = outgoing.attachTo(track.incoming, {
        ...layers,
        ...(wanted === null ? {} : { encodingId: wanted.id }),
      });
      // Attaching sets the layers and does not remember them (1.156), so that another choice of the same would do nothing.
      transponder.selectLayer(layers.spatialLayerId, layers.temporalLayerId);
    }
  }
}
