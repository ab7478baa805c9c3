import { createRequire } from "node:module";
import { makeNoFrames } from "./frames.ts";
import type { Endpoint, IncomingTrack } from "./medooze.ts";
import { type Mirroring, mirrorAcross } from "./mirrors.ts";
import { forgetStopped } from "./stoppedTracks.ts";

interface NativeEndpoint extends Mirroring {
  mirrored: { mirrors: ReadonlySet<IncomingTrack> };
  candidates: unknown[];
  bundle: { End(): number; Init(port: number): number };
}

interface MediaServer {
  enableLog(flag: boolean): void;
  enableDebug(flag: boolean): void;
  enableWarning(flag: boolean): void;
  createEndpoint(ips: string[]): NativeEndpoint;
  terminate(): void;
}

/** The media plane of one process. Each endpoint has a UDP port and a thread; tracks of one go out by any. */
export interface MediaPlane {
  endpoints: readonly Endpoint[];
  /** How many tracks are handed from one endpoint to another now. */
  mirrors(): number;
  stop(): void;
}

/**
 * Both profiles by name, strongest first. Medooze's own default is separated by ";" where OpenSSL wants ":",
 * so that every call fell back to AES-CM with SHA-1.
 */
const srtpProfiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";

/** Reads the engine from disk and gets it ready, which takes 0.1 s and more; holds no port. Once is enough. */
export function loadEngine(): MediaServer {
  const server: MediaServer = createRequire(import.meta.url)("medooze-media-server");
  // Its log tells ICE passwords.
  server.enableLog(false);
  server.enableDebug(false);
  server.enableWarning(false);
  makeNoFrames();
  return server;
}

/** Binds the UDP ports on all addresses. A number: this port is in use (or may not be had). */
export function openMediaPlane(udpPorts: readonly number[]): MediaPlane | number {
  const server = loadEngine();
  const endpoints: NativeEndpoint[] = [];
  for (const port of udpPorts) {
    const endpoint = server.createEndpoint([]);
    // createEndpoint binds a random port and takes no other; its native bundle can be bound anew.
    endpoint.bundle.End();
    if (!endpoint.bundle.Init(port)) {
      server.terminate();
      return port;
    }
    endpoint.setDefaultSRTProtectionProfiles(srtpProfiles);
    forgetStopped(endpoint);
    endpoints.push(endpoint);
  }
  if (endpoints.length > 1) mirrorAcross(endpoints);
  return {
    endpoints,
    mirrors: () => endpoints.reduce((sum, { mirrored }) => sum + mirrored.mirrors.size, 0),
    stop: () => server.terminate(),
  };
}
