import {
  type AddTrackRequest,
  SimulcastCodecInfo,
  TrackInfo,
  TrackSource,
  TrackType,
  VideoLayer_Mode,
} from "@livekit/protocol";
import { newTrackSid } from "./ids.ts";
import type { Encoding } from "./layers.ts";
import { Media } from "./media.ts";
import type { IncomingTrack, Kind, Transport } from "./medooze.ts";
import { publishableCodecs } from "./sdp/capabilities.ts";
import type { Section } from "./sdp/offer.ts";
import type { Sound } from "./speech/loudness.ts";

/** Somebody to whom a track goes, and who follows what becomes of it. */
export interface Follower {
  /** It was muted or unmuted, or others were louder, or are no more. */
  muteChanged(): void;
}

/** A track that somebody announced (`addTrack`) and, from the offer that carries it on, publishes. */
export class PublishedTrack {
  readonly sid: string;
  readonly kind: Kind;
  /** The client's own id of the track, by which its section in the offer is found. */
  readonly cids: ReadonlySet<string>;
  readonly subscriptions = new Set<Follower>();
  readonly info: TrackInfo;
  /** Called once, when it first goes out to somebody. */
  heard: (() => void) | null = null;
  #media: Media | null = null;
  #crowdedOut = false;

  constructor(request: AddTrackRequest) {
    this.kind = request.type === TrackType.AUDIO ? "audio" : "video";
    const screen = request.source === TrackSource.SCREEN_SHARE || request.source === TrackSource.SCREEN_SHARE_AUDIO;
    this.sid = newTrackSid(this.kind, screen);
    this.cids = new Set(
      [request.cid, ...request.simulcastCodecs.map((codec) => codec.cid)].filter((cid) => cid !== ""),
    );
    this.info = infoOf(this.sid, request);
  }

  get source(): TrackSource {
    return this.info.source;
  }

  get muted(): boolean {
    return this.info.muted;
  }

  get incoming(): IncomingTrack | null {
    return this.#media?.incoming ?? null;
  }

  /** Whether it is not forwarded: muted, or not among the loudest, which `hearsAll` does not care for. */
  isSilent(hearsAll: boolean): boolean {
    return this.muted || (this.#crowdedOut && !hearsAll);
  }

  /** Louder ones are forwarded in its place. */
  setCrowdedOut(crowdedOut: boolean): void {
    if (crowdedOut === this.#crowdedOut) return;
    this.#crowdedOut = crowdedOut;
    for (const subscription of this.subscriptions) subscription.muteChanged();
  }

  /** What it has sounded like so far; `null`: nothing comes in. */
  sound(): Sound | null {
    return this.#media?.sound() ?? null;
  }

  /** What of it arrives, from low to high; as of the last `measure`. */
  get encodings(): readonly Encoding[] {
    return this.#media?.encodings ?? [];
  }

  /** Begins to receive what the section of an offer announces. */
  receive(transport: Transport, section: Section, codec: string): void {
    this.#media = new Media(transport, this.kind, this.sid, section, codec);
    this.info.mid = section.mid;
    this.info.mimeType = mimeTypeOf(this.kind, codec);
    this.info.simulcast = this.#media.isSimulcast;
    const first = this.info.codecs[0];
    if (first) {
      first.mid = section.mid;
      first.mimeType = this.info.mimeType;
      first.videoLayerMode = layerModeOf(this.kind, codec, this.#media.isSimulcast);
    }
  }

  async measure(): Promise<void> {
    await this.#media?.measure(this.info.layers);
  }

  /** It goes out to somebody. */
  bound(): void {
    this.heard?.();
    this.heard = null;
  }

  stop(): void {
    this.#media?.stop();
    this.#media = null;
  }
}

/** As LiveKit writes them. */
function mimeTypeOf(kind: Kind, codec: string): string {
  return kind === "audio" ? `audio/${codec}` : `video/${codec.toUpperCase()}`;
}

const isScalable = (codec: string): boolean => codec === "vp9" || codec === "av1";

function layerModeOf(kind: Kind, codec: string, simulcast: boolean): VideoLayer_Mode {
  if (kind === "audio") return VideoLayer_Mode.MODE_UNUSED;
  return isScalable(codec) && !simulcast
    ? VideoLayer_Mode.MULTIPLE_SPATIAL_LAYERS_PER_STREAM
    : VideoLayer_Mode.ONE_SPATIAL_LAYER_PER_STREAM;
}

function infoOf(sid: string, request: AddTrackRequest): TrackInfo {
  const kind = request.type === TrackType.AUDIO ? "audio" : "video";
  const codec = codecOf(request);
  const mimeType = mimeTypeOf(kind, codec);
  return new TrackInfo({
    sid,
    type: request.type,
    name: request.name,
    muted: request.muted,
    width: request.width,
    height: request.height,
    simulcast: request.layers.length > 1,
    disableDtx: request.disableDtx,
    source: request.source,
    layers: request.layers,
    mimeType,
    codecs: [
      new SimulcastCodecInfo({
        mimeType,
        cid: request.cid,
        layers: request.layers,
        videoLayerMode: layerModeOf(kind, codec, false),
      }),
    ],
    stereo: request.stereo,
    disableRed: request.disableRed,
    encryption: request.encryption,
    stream: streamOf(request.source, request.stream),
    audioFeatures: request.audioFeatures,
    backupCodecPolicy: request.backupCodecPolicy,
  });
}

/** Browsers keep picture and sound in step within one stream id only: camera with microphone, screen with its sound. */
function streamOf(source: TrackSource, wished: string): string {
  if (wished !== "") return wished.replace(/[^A-Za-z0-9_-]/g, "").slice(0, 64);
  if (source === TrackSource.CAMERA || source === TrackSource.MICROPHONE) return "camera";
  if (source === TrackSource.SCREEN_SHARE || source === TrackSource.SCREEN_SHARE_AUDIO) return "screen";
  return "";
}

/** The one its publisher means to send. What we do not forward is answered with what we do; the client falls back to it. */
function codecOf(request: AddTrackRequest): string {
  if (request.type === TrackType.AUDIO) return request.disableRed ? "opus" : "red";
  const wished = request.simulcastCodecs[0]?.codec.toLowerCase() ?? "";
  return publishableCodecs.some((mime) => mime.toLowerCase() === `video/${wished}`) ? wished : "vp8";
}
