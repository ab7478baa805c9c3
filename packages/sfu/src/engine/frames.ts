import { createRequire } from "node:module";

/**
 * Medooze puts the packets of a track together to frames, for recorders, players and the like. Nobody here asks for frames,
 * and the engine is compiled without what makes them (install/patches, only-what-is-used); but a track makes itself a
 * depacketizer, in JavaScript. These stand in its place, and do nothing.
 */
class NoFrames {
  toMediaFrameProducer(): void {}
  // Of a track with several encodings: it would read each packet of all of them.
  AttachTo(): void {}
  Detach(): void {}
  Stop(): void {}
}

/** Before the first track is made. */
export function makeNoFrames(): void {
  const native: Record<string, unknown> = createRequire(import.meta.url)("medooze-media-server/lib/Native.js");
  native["RTPIncomingMediaStreamDepacketizerShared"] = NoFrames;
  native["SimulcastMediaFrameListenerShared"] = NoFrames;
}
