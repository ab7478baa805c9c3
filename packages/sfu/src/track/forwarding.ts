import { KeyFrames } from "../allocation/keyFrames.ts";
import type { Quality } from "../allocation/qualities.ts";
import { counts } from "../base/counts.ts";
import { allLayers, type OutgoingTrack, type Transponder } from "../engine/medooze.ts";
import type { Media } from "./media.ts";

/** A request for a key frame may be lost; asked anew after this. */
const askAgainMs = 2000;

/** What of a track is sent on to one participant, by one section of its connection: brings it about in the engine. */
export class Forwarding {
  readonly outgoing: OutgoingTrack;
  /** Of a picture; `null`: nothing is sent, or it is sound. */
  #chosen: Quality | null = null;
  #again: NodeJS.Timeout | null = null;

  constructor(outgoing: OutgoingTrack) {
    this.outgoing = outgoing;
  }

  get chosen(): Quality | null {
    return this.#chosen;
  }

  /** Sends all there is of sound. */
  hear({ incoming }: Media): void {
    if (!this.#isAttached) this.outgoing.attachTo(incoming);
  }

  /** Sends this of a picture from now on. `atOnce`: what is sent now ends now, and not with the new one's key frame. */
  show(media: Media, quality: Quality, atOnce: boolean): void {
    const before = this.#chosen;
    this.#chosen = quality;
    const transponder = this.outgoing.getTransponder();
    const now = transponder?.getSelectedEncoding() ?? null;
    const { id, layer } = quality.encoding;
    if (transponder === null || now === null) {
      select(this.outgoing.attachTo(media.incoming, layersOf(quality)), quality);
      KeyFrames.of(media.incoming).ask(id);
    } else if (now !== id) {
      counts.layerSwitches += 1;
      // The old one goes on until the key frame, if it still comes.
      const arrives = media.encodings.some((encoding) => encoding.id === now && encoding.bitrate > 0);
      transponder.selectEncoding(id, arrives && !atOnce);
      select(transponder, quality);
      this.#begin(media, id);
    } else if (before?.encoding.layer !== layer || before?.temporal !== quality.temporal) {
      counts.layerSwitches += 1;
      select(transponder, quality);
      // A higher spatial layer begins with a key frame, too.
      if ((before?.encoding.layer ?? 0) < (layer ?? 0)) this.#begin(media, id);
    }
  }

  /** Has a key frame made of what is sent. */
  refresh({ incoming }: Media): void {
    if (this.#chosen) KeyFrames.of(incoming).ask(this.#chosen.encoding.id);
  }

  /**
   * Sends nothing. Detaching (and not the transponder's own mute) starts a new run of sequence numbers at the next
   * attach, so that the pause is no loss to the receiver.
   */
  pause(): void {
    this.#chosen = null;
    if (this.#isAttached) this.outgoing.detach();
  }

  stop(): void {
    if (this.#again) clearTimeout(this.#again);
    this.#chosen = null;
    this.outgoing.stop();
  }

  get #isAttached(): boolean {
    return this.outgoing.getTransponder()?.getSelectedEncoding() != null;
  }

  /** Has a key frame sent with which the new choice begins. */
  #begin({ incoming }: Media, id: string): void {
    const ask = () => {
      if (this.#chosen?.encoding.id === id) KeyFrames.of(incoming).ask(id);
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
