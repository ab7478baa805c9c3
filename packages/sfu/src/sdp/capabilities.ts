import type { Pictures } from "../base/customs.ts";
import type { CodecPlain, Kind, MediaPlain } from "../engine/medooze.ts";
import type { Codec, Section } from "./offer.ts";

/**
 * What of an offer we take. One profile of each codec only: Medooze knows codecs by name, not by profile, and would
 * send a subscriber main where it promised baseline.
 */
export interface Accepted {
  codecs: AcceptedCodec[];
  extensions: { id: number; uri: string }[];
}

export interface AcceptedCodec extends Codec {
  rtx: number | null;
}

export const extensions: Record<Kind, ReadonlySet<string>> = {
  audio: new Set([
    "urn:ietf:params:rtp-hdrext:ssrc-audio-level",
    "urn:ietf:params:rtp-hdrext:sdes:mid",
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
  ]),
  video: new Set([
    "urn:3gpp:video-orientation",
    "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01",
    "urn:ietf:params:rtp-hdrext:sdes:mid",
    "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id",
    "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id",
    "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time",
    // How the layers of AV1 hang together; Chromium decodes no AV1 without it. Never the video-layers-allocation beside
    // it: Medooze 1.156 indexes by what that says without looking.
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
  ]),
};

export const feedback: Record<Kind, ReadonlySet<string>> = {
  audio: new Set(["nack"]),
  video: new Set(["transport-cc", "ccm fir", "nack", "nack pli"]),
};

/** Codecs a client may publish, as the JoinResponse tells it. */
export const publishableCodecs: Readonly<Record<Pictures, readonly { mime: string }[]>> = {
  all: mimes("video/VP8", "video/H264", "video/VP9", "video/AV1", "audio/opus", "audio/red"),
  vp8: mimes("video/VP8", "audio/opus", "audio/red"),
};

function mimes(...names: string[]) {
  return names.map((mime) => ({ mime }));
}

/** Which codecs of video we forward, in the profile that all browsers have; `fmtp` as in SDP. */
const video: Readonly<Record<string, (fmtp: string) => boolean>> = {
  vp8: () => true,
  // As LiveKit answers: the baseline profile, and no higher one.
  h264: (fmtp) => parameterOf(fmtp, "packetization-mode") === "1" && profileOf(fmtp) >> 8 === 0x42,
  vp9: (fmtp) => !/profile-id=[^0]/.test(fmtp),
  av1: (fmtp) => !/profile=[^0]/.test(fmtp),
};

/** Of `a=fmtp`: "level-asymmetry-allowed=1;packetization-mode=1". */
const parameterOf = (fmtp: string, name: string): string | null =>
  fmtp
    .split(";")
    .map((part) => part.trim().split("="))
    .find(([found]) => found?.toLowerCase() === name)?.[1] ?? null;

/** profile_idc and profile_iop of H.264, without the level; where none is said it is baseline (RFC 6184, 8.1). */
function profileOf(fmtp: string): number {
  const said = parameterOf(fmtp, "profile-level-id") ?? "42000a";
  return /^[0-9a-f]{6}$/i.test(said) ? Number.parseInt(said.slice(0, 4), 16) : 0;
}

/** Whether decoders of the main and high profiles know all of it, too: constraint_set1_flag. */
const isConstrained = (fmtp: string): boolean => (profileOf(fmtp) & 0x40) !== 0;

/** In the order of the offer, so that the client's preference stands. */
export function accept(section: Section, pictures: Pictures): Accepted {
  return only(pictures, everythingOf(section));
}

function everythingOf(section: Section): Accepted {
  if (section.kind === "application") return { codecs: [], extensions: [] };
  const kind = section.kind;
  const chosen = section.codecs.filter((codec) => isTaken(kind, codec));
  const baseline = chosen.find((codec) => codec.name === "h264" && isConstrained(codec.fmtp));
  const first = (codec: Codec) => chosen.find(({ name }) => name === codec.name);
  return {
    codecs: chosen
      .filter((codec) => codec === (codec.name === "h264" && baseline ? baseline : first(codec)))
      .map((codec) => ({
        ...codec,
        feedback: codec.feedback.filter((what) => feedback[kind].has(what)),
        rtx: kind === "video" ? rtxOf(section, codec) : null,
      })),
    extensions: section.extensions.filter(({ uri }) => extensions[kind].has(uri)),
  };
}

/**
 * What somebody who records is sent: the sound, and pictures in VP8, as pages send them. A sender decides how many bits its
 * pictures have, whatever was agreed on, and of more than eight in H.264 or VP9 the broadcast's decoder dies. VP8 has no
 * others.
 */
export const picturesFor = ({ recorder }: { recorder: boolean }, carried: Pictures): Pictures =>
  recorder ? "vp8" : carried;

export const only = (pictures: Pictures, { codecs, extensions }: Accepted): Accepted => ({
  codecs: codecs.filter(({ name }) => pictures === "all" || name === "vp8" || !Object.hasOwn(video, name)),
  extensions,
});

/** Of a section that is refused: its codecs as they were offered. A Pion that hears of none is left with none. */
export const refusedOf = (section: Section): Accepted => ({
  codecs: section.codecs.map((codec) => ({ ...codec, rtx: null })),
  extensions: [],
});

const isTaken = (kind: Kind, codec: Codec): boolean =>
  kind === "audio"
    ? (codec.name === "opus" || codec.name === "red") && codec.clock === 48000
    : Object.hasOwn(video, codec.name) && (video[codec.name]?.(codec.fmtp) ?? false);

const rtxOf = (section: Section, codec: Codec): number | null =>
  section.codecs.find((other) => other.name === "rtx" && new RegExp(`(^|;)apt=${codec.payload}(;|$)`).test(other.fmtp))
    ?.payload ?? null;

/** A section and what was agreed on for it. */
export interface Agreed {
  section: Pick<Section, "kind">;
  accepted: Accepted;
}

/** What all sections together agreed on, as Medooze wants it: by transport, not by section. */
export function propertiesOf(sections: readonly Agreed[]): {
  audio?: MediaPlain;
  video?: MediaPlain;
} {
  const merged = (kind: Kind): MediaPlain | undefined => {
    const own = sections.filter(({ section }) => section.kind === kind);
    if (own.length === 0) return undefined;
    const codecs = new Map<number, CodecPlain>();
    const ids: Record<number, string> = {};
    for (const { accepted } of own) {
      for (const codec of accepted.codecs)
        codecs.set(codec.payload, {
          codec: codec.name,
          type: codec.payload,
          params: {},
          ...(codec.rtx === null ? {} : { rtx: codec.rtx }),
        });
      for (const { id, uri } of accepted.extensions) ids[id] = uri;
    }
    return { id: kind, type: kind, codecs: [...codecs.values()], extensions: ids };
  };
  const audio = merged("audio");
  const video = merged("video");
  return { ...(audio === undefined ? {} : { audio }), ...(video === undefined ? {} : { video }) };
}
