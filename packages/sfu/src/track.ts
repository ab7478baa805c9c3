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
import type { IncomingTrack, Kind, Transport } from "./medooze.ts";
import type { Section } from "./sdp/offer.ts";

/** Somebody to whom a track goes, and who follows what becomes of it. */
export interface Follower {
  muteChanged(): void;
  /** Other encodings may arrive now. */
  select(): void;
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
  incoming: IncomingTrack | null = null;
  /** What of it arrives, by encoding, from low to high; as of the last `measure`. */
  encodings: readonly Encoding[] = [];

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

  /** Begins to receive what the section of an offer announces. */
  receive(transport: Transport, section: Section, codec: string): void {
    this.incoming = transport.createIncomingStreamTrack(this.kind, {
      id: this.sid,
      media: this.kind,
      mediaId: section.mid,
      ...(section.rids.length > 0
        ? { encodings: section.rids.map((rid) => [{ id: rid, paused: false, codecs: {}, params: {} }]) }
        : { ssrcs: section.ssrcs, groups: section.groups.filter((group) => group.semantics === "FID") }),
    });
    this.encodings = (section.rids.length > 0 ? section.rids : this.incoming.getEncodings().map(({ id }) => id)).map(
      (id) => ({ id, bitrate: 0, width: null, height: null }),
    );
    this.info.mid = section.mid;
    this.info.mimeType = `${this.kind}/${codec === "opus" ? "opus" : codec.toUpperCase()}`;
    this.info.simulcast = section.rids.length > 1;
    const first = this.info.codecs[0];
    if (first) {
      first.mid = section.mid;
      first.mimeType = this.info.mimeType;
    }
  }

  async measure(): Promise<void> {
    const stats = await this.incoming?.getStatsAsync();
    if (!stats) return;
    this.encodings = this.encodings.map(({ id, width, height }) => {
      const now = stats[id];
      return { id, bitrate: now?.bitrate ?? 0, width: now?.width ?? width, height: now?.height ?? height };
    });
  }

  /** It goes out to somebody. */
  bound(): void {
    this.heard?.();
    this.heard = null;
  }

  stop(): void {
    this.incoming?.stop();
    this.incoming = null;
  }
}

function infoOf(sid: string, request: AddTrackRequest): TrackInfo {
  const kind = request.type === TrackType.AUDIO ? "audio" : "video";
  const wished = request.simulcastCodecs[0]?.codec.toLowerCase();
  // What we do not forward is answered with what we do; the client then falls back to it.
  const codec = kind === "audio" ? "audio/opus" : wished === "h264" ? "video/H264" : "video/VP8";
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
    mimeType: codec,
    codecs: [
      new SimulcastCodecInfo({
        mimeType: codec,
        cid: request.cid,
        layers: request.layers,
        ...(kind === "video" ? { videoLayerMode: VideoLayer_Mode.ONE_SPATIAL_LAYER_PER_STREAM } : {}),
      }),
    ],
    stereo: request.stereo,
    disableRed: true,
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
  if (source === TrackSource.SCREEN_SHARE || source === TrackSource.SCREEN_SHARE_AUDIO) return "screen_share";
  return "";
}
