/**
 * The parts of medooze-media-server 1.156 that this house uses. Its own types are not in its package, and wider.
 * All of it is native: nothing here may be called after `stop()` of the object or of its transport.
 */
export type Kind = "audio" | "video";

export interface CodecPlain {
  codec: string;
  type: number;
  rtx?: number;
  params: Record<string, string>;
}

/** Codecs and header extensions of one kind, as Medooze maps payload types and extension ids for a whole transport. */
export interface MediaPlain {
  id: string;
  type: Kind;
  codecs: CodecPlain[];
  extensions: Record<number, string>;
}

export interface IncomingTrackPlain {
  id: string;
  media: Kind;
  mediaId: string;
  ssrcs?: number[];
  groups?: { semantics: string; ssrcs: number[] }[];
  encodings?: { id: string; paused: boolean; codecs: Record<string, never>; params: Record<string, string> }[][];
}

export interface IcePlain {
  ufrag: string;
  pwd: string;
}

/** One side of a peer connection. */
export interface PeerPlain {
  ice: IcePlain;
  dtls: { setup: string; hash: string; fingerprint: string };
  candidates: never[];
}

export interface EncodingStats {
  bitrate: number;
  numFramesDelta: number;
  numPackets: number;
  numPacketsDelta: number;
  /** Since it began, with those that were sent again. */
  totalBytes: number;
  lostPackets: number;
  lostPacketsRatio?: number;
  width?: number;
  height?: number;
  /** NACKs and PLIs that were sent. `layers` by spatial and temporal layer, each with those it builds on, bit/s. */
  media: {
    numPackets: number;
    lostPackets: number;
    totalPLIs: number;
    totalNACKs: number;
    layers: { spatialLayerId: number; temporalLayerId: number; bitrate: number }[];
  };
  timestamp: number;
  rtt: number;
}

/** What a track has sounded like since it began: sums over the levels in its packets (RFC 6464). */
export interface Sound {
  /** ms that were louder than -35 dBov, LiveKit's bound between speech and the rest. */
  loudTime: number;
  /** Power times ms; a full-scale tone has power 1. */
  soundPower: number;
}

export interface IncomingSource extends Sound {
  ssrc: number;
  /** Our own patch, install/PictureLimit.h: how many pictures were too large to be carried, since it began. */
  refusedPictures: number;
  /** 1: nothing of it is carried until a key frame that is smaller; else 0. */
  isRefusing: number;
}

export interface IncomingTrack {
  getId(): string;
  getMedia(): Kind;
  getEncodings(): { id: string }[];
  /** `SendPLI` asks for a key frame; asked twice within 500 ms, it asks once. */
  getEncoding(id: string): { source: { media: IncomingSource }; receiver: { SendPLI(ssrc: number): void } } | undefined;
  /** By encoding id; of the last second; cached for 100 ms. */
  getStatsAsync(): Promise<Record<string, EncodingStats>>;
  /** With what it counted last. */
  on(event: "stopped", heard: (track: IncomingTrack, stats: Record<string, EncodingStats>) => void): void;
  /** Nothing is attached to it any more. */
  on(event: "detached", heard: () => void): void;
  stop(): void;
  readonly stopped?: boolean;
}

export interface Transponder {
  /** `smooth`: keep the old encoding until a key frame of the new one arrives. Asks its publisher for that key frame. */
  selectEncoding(id: string, smooth?: boolean): void;
  getSelectedEncoding(): string | null;
  /** The highest spatial and temporal layer to forward. Down at once, up at the next key frame. */
  selectLayer(spatial: number, temporal: number): void;
  getSelectedSpatialLayerId(): number;
}

/** Of spatial and temporal layers: all there are. */
export const allLayers = 255;

/** The highest layers to forward. */
export interface LayerSelection {
  encodingId: string;
  spatialLayerId: number;
  temporalLayerId: number;
}

export interface OutgoingStats {
  rtt: number;
  numPackets: number;
  numPacketsDelta: number;
  totalBytes: number;
  bitrate: number;
  media: { reported?: { fractionLost: number; jitter: number; lostCount: number } };
  rtx: { numPackets: number };
}

export interface OutgoingTrack {
  getId(): string;
  getMedia(): Kind;
  getSSRCs(): { media: number; rtx: number; fec: number };
  /** Asks the publisher for a key frame. */
  attachTo(track: IncomingTrack, layers?: Partial<LayerSelection>, smooth?: boolean): Transponder;
  detach(): void;
  getTransponder(): Transponder | null;
  getStatsAsync(): Promise<OutgoingStats>;
  /** With what it counted last. */
  on(event: "stopped", heard: (track: OutgoingTrack, stats: OutgoingStats) => void): void;
  stop(): void;
}

export interface Transport {
  /** By id; see stoppedTracks.ts. */
  readonly outgoingStreamTracks: Map<string, OutgoingTrack>;
  setLocalProperties(rtp: { audio?: MediaPlain; video?: MediaPlain }): void;
  setRemoteProperties(rtp: { audio?: MediaPlain; video?: MediaPlain }): void;
  getLocalICEInfo(): { getUfrag(): string; getPwd(): string };
  /** `local`: credentials that were offered; without, new ones are made. */
  restartICE(remote: IcePlain, local?: IcePlain): { getUfrag(): string; getPwd(): string };
  createIncomingStreamTrack(kind: Kind, info: IncomingTrackPlain): IncomingTrack;
  /** Without `ssrcs` (media, then rtx if there is any, as an FID group) Medooze makes its own. */
  createOutgoingStreamTrack(
    kind: Kind,
    info: { id: string; mediaId: string; ssrcs?: number[]; groups?: { semantics: string; ssrcs: number[] }[] },
  ): OutgoingTrack;
  on(event: "dtlsstate", heard: (state: "new" | "connecting" | "connected" | "closed" | "failed") => void): void;
  on(event: "icetimeout", heard: () => void): void;
  /** From transport-wide feedback, bit/s: what may be sent without RTX, what arrived, what was sent. */
  on(event: "targetbitrate", heard: (available: number, arrived: number, sent: number) => void): void;
  on(event: "stopped", heard: () => void): void;
  /** As they are made. */
  on(event: "incomingtrack", heard: (track: IncomingTrack) => void): void;
  on(event: "outgoingtrack", heard: (track: OutgoingTrack) => void): void;
  /** Sends padding (by RTX) up to the limits below, as far as the estimate goes. */
  setBandwidthProbing(probe: boolean): void;
  /** bit/s of padding. */
  setMaxProbingBitrate(bitrate: number): void;
  /** bit/s of all that is sent. */
  setProbingBitrateLimit(bitrate: number): void;
  /** Datagrams that came by DTLS, some at a time, once a rate was set (our own patch; install/patches, application-data). */
  onapplicationdata?: (datagrams: Buffer[]) => void;
  /** The native one; `null` after `stop`. */
  readonly transport: NativeTransport | null;
  stop(): void;
}

interface NativeTransport {
  /** Datagrams a second that are passed on; 0, as at first: none. */
  SetApplicationDataRate(perSecond: number): void;
  /** One datagram by DTLS, at most 1,280 bytes; dropped while DTLS is not connected. */
  SendApplicationData(data: Buffer): void;
}

export interface Endpoint {
  /** Those that are open. */
  readonly transports: ReadonlySet<Transport>;
  getDTLSFingerprint(): string;
  setDefaultSRTProtectionProfiles(profiles: string): void;
  /** `local`: what we offered; without, it is made here, for an answer. */
  createTransport(remote: PeerPlain, local?: PeerPlain): Transport;
  stop(): void;
}
