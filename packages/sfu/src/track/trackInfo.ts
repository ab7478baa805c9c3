import {
  type AddTrackRequest,
  BackupCodecPolicy,
  SimulcastCodecInfo,
  TimedVersion,
  TrackInfo,
  TrackSource,
  TrackType,
  VideoLayer,
  VideoLayer_Mode,
} from "@livekit/protocol";
import type { Kind } from "../engine/medooze.ts";
import { publishableCodecs } from "../sdp/capabilities.ts";

/** As LiveKit writes them. */
export function mimeTypeOf(kind: Kind, codec: string): string {
  return kind === "audio" ? `audio/${codec}` : `video/${codec.toUpperCase()}`;
}

const isScalable = (codec: string): boolean => codec === "vp9" || codec === "av1";

function layerModeOf(kind: Kind, codec: string, simulcast: boolean): VideoLayer_Mode {
  return kind === "video" && isScalable(codec) && !simulcast
    ? VideoLayer_Mode.MULTIPLE_SPATIAL_LAYERS_PER_STREAM
    : VideoLayer_Mode.ONE_SPATIAL_LAYER_PER_STREAM;
}

/** A track as it was announced. `codec`: the one it is to come in, as in SDP. */
export function newTrackInfo(sid: string, request: AddTrackRequest, codec: string): TrackInfo {
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
    version: new TimedVersion({ unixMicro: BigInt(Date.now()) * 1000n }),
    stream: streamOf(request.source, request.stream),
    audioFeatures: request.audioFeatures,
    // Whoever cannot decode the first codec gets the second; nobody else is the worse for it.
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

/** As in SDP: "vp8". Browsers' clients write it so, LiveKit's Go SDK as a MIME type. */
export const nameOfCodec = ({ codec }: { codec: string }): string =>
  codec.toLowerCase().replace(/^(video|audio)\//, "");

/** As in SDP: the one its publisher means to send. What we do not forward is answered with what we do; the client falls back to it. */
export function announcedCodec(request: AddTrackRequest): string {
  if (request.type === TrackType.AUDIO) return request.disableRed ? "opus" : "red";
  const wished = nameOfCodec(request.simulcastCodecs[0] ?? { codec: "" });
  return isVideo(wished) ? wished : "vp8";
}

/** Those it can send beside, for subscribers that cannot decode the first. */
const backupsOf = (request: AddTrackRequest, first: string): string[] =>
  request.type === TrackType.VIDEO
    ? request.simulcastCodecs
        .slice(1)
        .map(nameOfCodec)
        .filter((codec) => codec !== first && isVideo(codec))
    : [];

const isVideo = (codec: string): boolean =>
  publishableCodecs.all.some(({ mime }) => mime.toLowerCase() === `video/${codec}`);

/**
 * What comes in of a track is known: the codec's section and encodings, and which of its layers is which. `rids` from low
 * to high; empty: all layers are in one stream, or there is one.
 */
export function describeMedia(
  info: TrackInfo,
  { codec, mid, rids, isFirst }: { codec: string; mid: string; rids: readonly string[]; isFirst: boolean },
): void {
  const kind = info.type === TrackType.AUDIO ? "audio" : "video";
  const mimeType = mimeTypeOf(kind, codec);
  if (isFirst) Object.assign(info, { mid, mimeType, simulcast: rids.length > 1 });
  const described = isFirst ? info.codecs[0] : info.codecs.find((known) => known.mimeType === mimeType);
  if (!described) return;
  const layers = layersBy(described.layers, rids);
  Object.assign(described, { mid, mimeType, videoLayerMode: layerModeOf(kind, codec, rids.length > 1), layers });
  if (isFirst) info.layers = layersBy(info.layers, rids);
}

/** As LiveKit: the lowest quality is the first spatial layer, and the first encoding. */
const layersBy = (layers: readonly VideoLayer[], rids: readonly string[]): VideoLayer[] =>
  layers.map((layer) => {
    const spatialLayer = layers.filter(({ quality }) => quality < layer.quality).length;
    return new VideoLayer({ ...layer, spatialLayer, rid: rids.length > 1 ? (rids[spatialLayer] ?? "") : "" });
  });
