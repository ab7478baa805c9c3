/** Names of files below a meeting's folder in `public/`. What each holds is in `public.ts`. */
export const STATE = "state.json";
export const LIVE = "live.m3u8";
export const RECORDING = "recording.mp4";

/**
 * Files that never change and whose names never come twice: segments, their init segments, parts of the state. Whoever has
 * one may keep it for good. `path`: with or without folders before it.
 */
export const isImmutable = (path: string): boolean =>
  /(\.m4s|(^|\/)init-[^/]+\.mp4|(^|\/)parts\/[^/]+\.json)$/.test(path);
