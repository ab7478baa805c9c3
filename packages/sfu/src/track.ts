import {
  type AddTrackRequest,
  BackupCodecPolicy,
  SimulcastCodecInfo,
  TrackInfo,
  TrackSource,
  TrackType,
  VideoLayer_Mode,
  VideoQuality,
} from "@livekit/protocol";
import type { Wanted } from "./dynacast/demand.ts";
import { Dynacast, type Told } from "./dynacast/dynacast.ts";
import { newTrackSid } from "./ids.ts";
import type { Encoding } from "./layers.ts";
import { Media } from "./media.ts";
import type { IncomingTrack, Kind, Transport } from "./medooze.ts";
import { publishableCodecs } from "./sdp/capabilities.ts";
import type { Section } from "./sdp/offer.ts";
import type { Sound } from "./speech/loudness.ts";

/** Somebody to whom a track goes, and who follows what becomes of it. */
export interface Follower {
  /** Which codec of the track is wanted in which quality; codec `null`: it is not known yet what can be decoded. */
  readonly wanted: { codec: string | null; quality: VideoQuality };
  /** It was muted or unmuted, or others were louder, or are no more. */
  muteChanged(): void;
}

/** A track that somebody announced (`addTrack`) and, from the offer that carries it on, publishes. */
export class PublishedTrack {
  readonly sid: string;
  readonly kind: Kind;
  /** As in SDP: the one its publisher means to send, or does. */
  #codec: string;
  /** The client's own ids of the track, by which its sections in the offer are found, and the codec each is sent in. */
  readonly #cids = new Map<string, string>();
  readonly #followers = new Set<Follower>();
  readonly info: TrackInfo;
  /** Called once, when it first goes out to somebody. */
  heard: (() => void) | null = null;
  readonly #medias = new Map<string, Media>();
  #dynacast: Dynacast | null = null;
  #crowdedOut = false;

  constructor(request: AddTrackRequest) {
    this.kind = request.type === TrackType.AUDIO ? "audio" : "video";
    const screen = request.source === TrackSource.SCREEN_SHARE || request.source === TrackSource.SCREEN_SHARE_AUDIO;
    this.sid = newTrackSid(this.kind, screen);
    this.#codec = codecOf(request);
    this.#cids.set(request.cid, this.#codec);
    for (const { codec, cid } of request.simulcastCodecs) if (cid !== "") this.#cids.set(cid, codec.toLowerCase());
    this.info = infoOf(this.sid, request, this.#codec);
  }

  /** Announces that another codec of it is to come (AddTrackRequest with the sid); those that we do not forward are let be. */
  announceBackup(request: AddTrackRequest): void {
    for (const { codec, cid, layers } of request.simulcastCodecs) {
      const name = codec.toLowerCase();
      const announced = this.info.codecs.find(({ mimeType }) => mimeType === mimeTypeOf("video", name));
      if (this.kind !== "video" || cid === "" || !announced || this.#medias.has(name)) continue;
      this.#cids.delete(announced.cid);
      announced.cid = cid;
      announced.layers = layers;
      this.#cids.set(cid, name);
    }
  }

  /** In which codec the section with this track id is sent; `null`: it is none of this track's. */
  codecOf(trackId: string): string | null {
    return this.#cids.get(trackId) ?? null;
  }

  /** Which of its codecs goes to somebody who can decode `codecs`; `null`: none. */
  codecFor(codecs: ReadonlySet<string>): string | null {
    // Medooze takes plain Opus out of RED for those who do not know that.
    if (this.kind === "audio") return codecs.has("opus") ? this.#codec : null;
    if (codecs.has(this.#codec)) return this.#codec;
    const backups = this.info.codecs.slice(1).map(({ mimeType }) => mimeType.slice("video/".length).toLowerCase());
    return backups.find((codec) => codecs.has(codec)) ?? null;
  }

  get followers(): ReadonlySet<Follower> {
    return this.#followers;
  }

  follow(follower: Follower): void {
    this.#followers.add(follower);
    this.wishesChanged();
  }

  unfollow(follower: Follower): void {
    this.#followers.delete(follower);
    this.wishesChanged();
  }

  /** Keeps its publisher told of what is wanted of it. */
  tellWishes(tell: (told: Told) => void): void {
    if (this.kind === "video") this.#dynacast ??= new Dynacast(this.sid, () => this.#wanted(), tell);
  }

  /** A follower wants something else. */
  wishesChanged(): void {
    this.#dynacast?.changed();
  }

  /** Its publisher may not know what it was told. */
  tellWishesAgain(): void {
    this.#dynacast?.again();
  }

  get source(): TrackSource {
    return this.info.source;
  }

  get muted(): boolean {
    return this.info.muted;
  }

  /** In its publisher's own codec. */
  get incoming(): IncomingTrack | null {
    return this.media(null)?.incoming ?? null;
  }

  /** What of that arrives, from low to high; as of the last `measure`. */
  get encodings(): readonly Encoding[] {
    return this.media(null)?.encodings ?? [];
  }

  /** What comes in of it; codec `null`: in its publisher's own. */
  media(codec: string | null): Media | null {
    return this.#medias.get(codec ?? this.#codec) ?? null;
  }

  /** Whether it is not forwarded: muted, or not among the loudest, which `hearsAll` does not care for. */
  isSilent(hearsAll: boolean): boolean {
    return this.muted || (this.#crowdedOut && !hearsAll);
  }

  /** Louder ones are forwarded in its place. */
  setCrowdedOut(crowdedOut: boolean): void {
    if (crowdedOut === this.#crowdedOut) return;
    this.#crowdedOut = crowdedOut;
    for (const follower of this.#followers) follower.muteChanged();
  }

  /** What it has sounded like so far; `null`: nothing comes in. */
  sound(): Sound | null {
    return this.media(null)?.sound() ?? null;
  }

  /** Begins to receive what the section of an offer announces. */
  receive(transport: Transport, section: Section, codec: string): void {
    const isFirst = this.#medias.size === 0;
    const media = new Media(transport, this.kind, isFirst ? this.sid : `${this.sid}-${codec}`, section, codec);
    const mimeType = mimeTypeOf(this.kind, codec);
    if (isFirst) {
      this.#codec = codec;
      Object.assign(this.info, { mid: section.mid, mimeType, simulcast: media.isSimulcast });
    }
    this.#medias.set(codec, media);
    const described = isFirst ? this.info.codecs[0] : this.info.codecs.find((known) => known.mimeType === mimeType);
    if (described)
      Object.assign(described, {
        mid: section.mid,
        mimeType,
        videoLayerMode: layerModeOf(this.kind, codec, media.isSimulcast),
      });
    for (const follower of this.#followers) follower.muteChanged();
  }

  async measure(): Promise<void> {
    const layersOf = (media: Media) =>
      this.info.codecs.find(({ mid }) => mid === media.mid)?.layers ?? this.info.layers;
    await Promise.all([...this.#medias.values()].map((media) => media.measure(layersOf(media))));
  }

  /** It goes out to somebody. */
  bound(): void {
    this.heard?.();
    this.heard = null;
  }

  /** Its section is no more. Returns whether that was the end of the track, and not only of a backup. */
  stopSection(mid: string): boolean {
    const media = [...this.#medias.values()].find((candidate) => candidate.mid === mid);
    if (media && media.codec !== this.#codec) {
      media.stop();
      this.#medias.delete(media.codec);
      return false;
    }
    this.stop();
    return true;
  }

  stop(): void {
    this.#dynacast?.stop();
    for (const media of this.#medias.values()) media.stop();
    this.#medias.clear();
  }

  #wanted(): Wanted {
    const wanted = new Map([[this.#codec, VideoQuality.OFF]]);
    for (const follower of this.#followers) {
      const { codec, quality } = follower.wanted;
      const before = wanted.get(codec ?? this.#codec) ?? VideoQuality.OFF;
      wanted.set(codec ?? this.#codec, higher(before, quality));
    }
    return wanted;
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

function infoOf(sid: string, request: AddTrackRequest, codec: string): TrackInfo {
  const kind = request.type === TrackType.AUDIO ? "audio" : "video";
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
      ...backupsOf(request, codec).map((backup) => new SimulcastCodecInfo({ mimeType: mimeTypeOf(kind, backup) })),
    ],
    stereo: request.stereo,
    disableRed: request.disableRed,
    encryption: request.encryption,
    stream: streamOf(request.source, request.stream),
    audioFeatures: request.audioFeatures,
    // Who cannot decode the first codec gets the second; nobody else is the worse for it.
    backupCodecPolicy: BackupCodecPolicy.SIMULCAST,
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
  return isVideo(wished) ? wished : "vp8";
}

/** Those it can send beside, for subscribers that cannot decode the first. */
const backupsOf = (request: AddTrackRequest, first: string): string[] =>
  request.type === TrackType.VIDEO
    ? request.simulcastCodecs
        .slice(1)
        .map(({ codec }) => codec.toLowerCase())
        .filter((codec) => codec !== first && isVideo(codec))
    : [];

const isVideo = (codec: string): boolean =>
  publishableCodecs.some((mimeType) => mimeType.toLowerCase() === `video/${codec}`);

/** LiveKit numbers them LOW 0, MEDIUM 1, HIGH 2, OFF 3. */
function higher(a: VideoQuality, b: VideoQuality): VideoQuality {
  if (a === VideoQuality.OFF) return b;
  return b === VideoQuality.OFF ? a : Math.max(a, b);
}
