import {
  AudioStreamType,
  type FfiEvent,
  FfiHandle,
  type NewAudioStreamResponse,
  type NewVideoStreamResponse,
  type OwnedVideoBuffer,
  VideoStreamType,
} from "@livekit/rtc-ffi-bindings";
import {
  AudioFrame,
  type RemoteTrack,
  type RemoteTrackPublication,
  VideoBufferType,
  VideoFrame,
} from "@livekit/rtc-node";
import type { Picture } from "./picture.ts";

/**
 * Decoded media as the native half of rtc-node hands it over, without the streams it has for that: those copy every
 * frame before anybody asks for it and queue them without a bound, and of a stream that is cancelled they lose what is on
 * its way, native memory and all. Here a frame costs next to nothing until it is shown, however many come at once.
 */
type Native = typeof globalThis._ffiClientInstance & {};

/** Most decoded frames (or 10 ms of sound) that may wait on the native side of one track; older ones are dropped there. */
const NATIVE_FRAMES = 1;
const NATIVE_SOUNDS = 100;

/**
 * What is looked at. A sender decides how many bits its pictures have, whatever was agreed: of ten bits (I010) rtc-node's
 * conversion ends the process. Of NV12 and I420A it copies more than there is, and no decoder here makes them.
 */
const readable: ReadonlySet<VideoBufferType | undefined> = new Set([
  VideoBufferType.I420,
  VideoBufferType.I422,
  VideoBufferType.I444,
]);

/** One decoded frame, in native memory until somebody looks at it or lets it go. */
export class DecodedFrame {
  readonly bytes: number;
  #owned: OwnedVideoBuffer | null;
  #picture: Picture | null = null;

  constructor(owned: OwnedVideoBuffer) {
    this.#owned = owned;
    this.bytes = ((owned.info?.width ?? 0) * (owned.info?.height ?? 0) * 3) / 2;
  }

  /** The same at every look, to be compared by identity. Not to be asked for after `release`. */
  get picture(): Picture {
    this.#picture ??= this.#copy();
    return this.#picture;
  }

  release(): void {
    if (this.#owned) release(this.#owned);
    this.#owned = null;
    this.#picture = null;
  }

  #copy(): Picture {
    if (!this.#owned) throw new Error("A frame that was let go is looked at.");
    const copied = VideoFrame.fromOwnedInfo(this.#owned);
    this.#owned = null;
    const frame = copied.type === VideoBufferType.I420 ? copied : copied.convert(VideoBufferType.I420);
    const { width, height, data } = frame;
    return { width, height, data: Buffer.from(data.buffer, data.byteOffset, data.byteLength) };
  }
}

interface Listener {
  frame?(frame: DecodedFrame, timestampUs: bigint): void;
  sound?(samples: Int16Array): void;
}

/** By its handle's id, from its beginning to its end. Without a listener: nobody wants it any more, but some is on its way. */
const streams = new Map<bigint, { handle: FfiHandle; listener: Listener | null }>();
let heard: Native | undefined;

/** One listener for all streams: every event passes each one there is. */
function native(): Native {
  const client = globalThis._ffiClientInstance;
  if (!client) throw new Error("There is no track before rtc-node has begun.");
  if (heard !== client) client.on("ffi_event", take);
  heard = client;
  return client;
}

/** Frames of a track from now on, until the function that is returned is called. `timestampUs`: monotonic. */
export function watch(track: RemoteTrack, frame: (frame: DecodedFrame, timestampUs: bigint) => void): () => void {
  const { stream } = native().request<NewVideoStreamResponse>({
    message: {
      case: "newVideoStream",
      value: {
        type: VideoStreamType.VIDEO_STREAM_NATIVE,
        trackHandle: track.ffi_handle.handle,
        queueSizeFrames: NATIVE_FRAMES,
      },
    },
  });
  return listenTo(stream?.handle?.id, { frame });
}

/** Blocks of a track's sound from now on, mono, until the function that is returned is called. */
export function hear(
  track: RemoteTrack,
  { sampleRate, blockMs }: { sampleRate: number; blockMs: number },
  sound: (samples: Int16Array) => void,
): () => void {
  const { stream } = native().request<NewAudioStreamResponse>({
    message: {
      case: "newAudioStream",
      value: {
        type: AudioStreamType.AUDIO_STREAM_NATIVE,
        trackHandle: track.ffi_handle.handle,
        sampleRate,
        numChannels: 1,
        frameSizeMs: blockMs,
        queueSizeFrames: NATIVE_SOUNDS,
      },
    },
  });
  return listenTo(stream?.handle?.id, { sound });
}

/** Of a picture that is sent in several sizes the one that suffices, px. */
export function askSize(
  publication: RemoteTrackPublication,
  { width, height }: { width: number; height: number },
): void {
  native().request({
    message: {
      case: "updateRemoteTrackPublicationDimension",
      value: { trackPublicationHandle: publication.ffiHandle.handle, width, height },
    },
  });
}

function listenTo(id: bigint | undefined, listener: Listener): () => void {
  if (id === undefined) throw new Error("rtc-node gives no stream of this track.");
  const stream = { handle: new FfiHandle(id), listener };
  streams.set(id, stream);
  return () => leave(stream);
}

function leave(stream: { handle: FfiHandle; listener: Listener | null }): void {
  if (stream.listener) stream.handle.dispose();
  stream.listener = null;
}

function take({ message }: FfiEvent): void {
  if (message.case !== "videoStreamEvent" && message.case !== "audioStreamEvent") return;
  const id = message.value.streamHandle;
  const stream = id === undefined ? undefined : streams.get(id);
  // Otherwise it is somebody else's.
  if (id === undefined || !stream) return;
  if (message.value.message.case === "eos") {
    streams.delete(id);
    leave(stream);
  } else if (message.case === "videoStreamEvent" && message.value.message.case === "frameReceived") {
    const { buffer, timestampUs } = message.value.message.value;
    if (buffer && stream.listener?.frame && readable.has(buffer.info?.type))
      stream.listener.frame(new DecodedFrame(buffer), timestampUs ?? 0n);
    else if (buffer) release(buffer);
  } else if (message.case === "audioStreamEvent" && message.value.message.case === "frameReceived") {
    const { frame } = message.value.message.value;
    if (frame && stream.listener?.sound) stream.listener.sound(AudioFrame.fromOwnedInfo(frame).data);
    else if (frame) release(frame);
  }
}

function release(owned: { handle?: { id?: bigint } }): void {
  if (owned.handle?.id !== undefined) new FfiHandle(owned.handle.id).dispose();
}
