import { type AddTrackRequest, type TrackInfo, TrackSource, TrackType, VideoQuality } from "@livekit/protocol";
import type { Encoding } from "../allocation/layers.ts";
import { newTrackSid } from "../base/ids.ts";
import type { Wanted } from "../dynacast/demand.ts";
import { Dynacast, type Told } from "../dynacast/dynacast.ts";
import type { IncomingTrack, Kind, Sound, Transport } from "../engine/medooze.ts";
import type { Section } from "../sdp/offer.ts";
import { Media } from "./media.ts";
import { announcedCodec, describeMedia, mimeTypeOf, nameOfCodec, newTrackInfo } from "./trackInfo.ts";

/** Somebody to whom a track goes, and who follows what becomes of it. */
export interface Follower {
  /** Which codec of the track is wanted in which quality; codec `null`: it is not known yet what can be decoded. */
  readonly wanted: { codec: string | null; quality: VideoQuality };
  /** It was muted or unmuted, or others were louder, or are no more. */
  trackChanged(): void;
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
  /** Called once, when pictures of it were too large to be carried. */
  tooLarge: (() => void) | null = null;
  readonly #medias = new Map<string, Media>();
  #dynacast: Dynacast | null = null;
  #crowdedOut = false;

  constructor(request: AddTrackRequest) {
    this.kind = request.type === TrackType.AUDIO ? "audio" : "video";
    const screen = request.source === TrackSource.SCREEN_SHARE || request.source === TrackSource.SCREEN_SHARE_AUDIO;
    this.sid = newTrackSid(this.kind, screen);
    this.#codec = announcedCodec(request);
    this.#cids.set(request.cid, this.#codec);
    for (const announced of request.simulcastCodecs)
      if (announced.cid !== "") this.#cids.set(announced.cid, nameOfCodec(announced));
    this.info = newTrackInfo(this.sid, request, this.#codec);
  }

  /** Announces that another codec of it is to come (AddTrackRequest with the sid); those that we do not forward are ignored. */
  announceBackup(request: AddTrackRequest): void {
    for (const { codec, cid, layers } of request.simulcastCodecs) {
      const name = nameOfCodec({ codec });
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
    for (const follower of this.#followers) follower.trackChanged();
  }

  /** What it has sounded like so far; `null`: nothing comes in. */
  sound(): Sound | null {
    return this.media(null)?.sound() ?? null;
  }

  /** Begins to receive what the section of an offer announces. */
  receive(transport: Transport, section: Section, codec: string): void {
    const isFirst = this.#medias.size === 0;
    const media = new Media(transport, this.kind, isFirst ? this.sid : `${this.sid}-${codec}`, section, codec);
    if (isFirst) this.#codec = codec;
    this.#medias.set(codec, media);
    describeMedia(this.info, { codec, mid: section.mid, rids: section.rids, isFirst });
    for (const follower of this.#followers) follower.trackChanged();
  }

  async measure(): Promise<void> {
    const layersOf = (media: Media) =>
      this.info.codecs.find(({ mid }) => mid === media.mid)?.layers ?? this.info.layers;
    const medias = [...this.#medias.values()];
    await Promise.all(medias.map((media) => media.measure(layersOf(media))));
    if (this.tooLarge === null || !medias.some(({ wasTooLarge }) => wasTooLarge)) return;
    this.tooLarge();
    this.tooLarge = null;
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

/** LiveKit numbers them LOW 0, MEDIUM 1, HIGH 2, OFF 3. */
function higher(a: VideoQuality, b: VideoQuality): VideoQuality {
  if (a === VideoQuality.OFF) return b;
  return b === VideoQuality.OFF ? a : Math.max(a, b);
}
