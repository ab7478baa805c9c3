/** The programme's picture: fixed, so that every encoder run has the same parameters and the recording needs no re-encoding. */
export const WIDTH = 1280;
export const HEIGHT = 720;
export const FRAMES_PER_SECOND = 25;
/** Milliseconds of one frame. */
export const FRAME_MS = 1000 / FRAMES_PER_SECOND;
export const FRAMES_PER_SEGMENT = 50;
/** Milliseconds of one whole segment. */
export const SEGMENT_MS = FRAMES_PER_SEGMENT * FRAME_MS;
export const SAMPLE_RATE = 48_000;
/** Samples of sound that belong to one frame. */
export const SAMPLES_PER_FRAME = SAMPLE_RATE / FRAMES_PER_SECOND;

/** A picture in memory, planar YUV 4:2:0 (I420): Y, then U, then V, without padding. */
export interface Picture {
  width: number;
  height: number;
  data: Buffer;
}

/** A place in a picture, px; all numbers even, because colour has half the resolution. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Bytes of an I420 picture; odd sizes round their chroma planes up. */
export const bytesOf = (width: number, height: number): number =>
  width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
