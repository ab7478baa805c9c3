import { AddTrackRequest, TrackSource, TrackType } from "@livekit/protocol";
import { extensions } from "./extensions.ts";
import { type Codec, payloads, rtx } from "./payloads.ts";
import type { Random } from "./random.ts";

/** One SSRC that a member's offer says it sends, or that its packets name themselves by rid. */
export interface SentSource {
  ssrc: number;
  mid: string;
  rid: string | null;
  codec: Codec;
  /** Resends what another one sends. */
  isRepair: boolean;
}

const voices = ["opus", "red"] as const;
const faces = ["vp8", "vp8", "vp9", "av1", "h264"] as const;
/** Which of `faces` has three encodings with rids. */
const simulcast = 1;

/** What goes with `memberOffer`. */
export const announced: AddTrackRequest[] = [
  ...voices.map(
    (_, n) => new AddTrackRequest({ cid: `voice${n}`, type: TrackType.AUDIO, source: TrackSource.MICROPHONE }),
  ),
  ...faces.map((_, n) => {
    const size = { width: 640, height: 360 };
    return new AddTrackRequest({ cid: `face${n}`, type: TrackType.VIDEO, source: TrackSource.CAMERA, ...size });
  }),
];

/**
 * The offer of somebody who sends one track of each codec with every header extension, opens data channels, and has
 * sections to receive as many of others: each parser of the engine is behind a door that opens.
 */
export function memberOffer(random: Random, fingerprint: string): { sdp: string; sources: SentSource[] } {
  const sources: SentSource[] = [];
  const fresh = () => 1 + random.below(2 ** 32 - 2);
  const sections: string[][] = [];
  const section = (lines: (mid: string) => string[]) => sections.push(lines(String(sections.length)));
  voices.forEach((codec, n) => {
    section((mid) => {
      const ssrc = fresh();
      sources.push({ ssrc, mid, rid: null, codec, isRepair: false });
      return [...audio(mid), "a=sendonly", `a=msid:s voice${n}`, `a=ssrc:${ssrc} cname:x`];
    });
  });
  faces.forEach((codec, n) => {
    section((mid) => {
      const rids = n === simulcast ? ["q", "h", "f"] : [null];
      const named = rids.flatMap((rid) => [
        { ssrc: fresh(), mid, rid, codec, isRepair: false },
        { ssrc: fresh(), mid, rid, codec, isRepair: true },
      ]);
      sources.push(...named);
      const [media, repair] = named.map(({ ssrc }) => ssrc);
      const how =
        n === simulcast
          ? ["a=rid:q send", "a=rid:h send", "a=rid:f send", "a=simulcast:send q;h;f"]
          : [`a=ssrc-group:FID ${media} ${repair}`, `a=ssrc:${media} cname:x`, `a=ssrc:${repair} cname:x`];
      return [...video(mid), "a=sendonly", `a=msid:s face${n}`, ...how];
    });
  });
  for (const _ of voices) section((mid) => [...audio(mid), "a=recvonly"]);
  for (const _ of faces) section((mid) => [...video(mid), "a=recvonly"]);
  section((mid) => [
    "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
    ...transport,
    `a=mid:${mid}`,
    "a=sctp-port:5000",
    "a=max-message-size:262144",
  ]);
  const mids = sections.map((_, mid) => mid).join(" ");
  const head = ["v=0", "o=- 1 2 IN IP4 127.0.0.1", "s=-", "t=0 0", `a=group:BUNDLE ${mids}`];
  const security = [`a=fingerprint:sha-256 ${fingerprint}`, "a=setup:actpass"];
  return { sdp: [...head, ...security, ...sections.flat(), ""].join("\r\n"), sources };
}

const transport = ["c=IN IP4 0.0.0.0", "a=ice-ufrag:peer", "a=ice-pwd:apasswordoftwentyfourletters", "a=rtcp-mux"];

const pictures = ["vp8", "vp9", "av1", "h264"] as const;

const extmap = (id: number, uri: string): string => `a=extmap:${id} ${uri}`;

const common = [
  extmap(extensions.mid, "urn:ietf:params:rtp-hdrext:sdes:mid"),
  extmap(extensions.sendTime, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
  "a=extmap-allow-mixed",
];

const audio = (mid: string): string[] => [
  `m=audio 9 UDP/TLS/RTP/SAVPF ${payloads.opus} ${payloads.red}`,
  ...transport,
  `a=mid:${mid}`,
  ...common,
  extmap(extensions.level, "urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
  `a=rtpmap:${payloads.opus} opus/48000/2`,
  `a=rtcp-fb:${payloads.opus} nack`,
  `a=rtpmap:${payloads.red} red/48000/2`,
  `a=fmtp:${payloads.red} ${payloads.opus}/${payloads.opus}`,
];

const video = (mid: string): string[] => [
  `m=video 9 UDP/TLS/RTP/SAVPF ${pictures.map((codec) => `${payloads[codec]} ${rtx[codec]}`).join(" ")}`,
  ...transport,
  `a=mid:${mid}`,
  ...common,
  extmap(extensions.transportWide, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
  extmap(extensions.orientation, "urn:3gpp:video-orientation"),
  extmap(extensions.rid, "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
  extmap(extensions.repairedRid, "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
  extmap(
    extensions.dependencies,
    "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension",
  ),
  ...pictures.flatMap((codec) => [
    `a=rtpmap:${payloads[codec]} ${codec.toUpperCase()}/90000`,
    ...["nack", "nack pli", "ccm fir", "transport-cc"].map((what) => `a=rtcp-fb:${payloads[codec]} ${what}`),
    ...(codec === "h264" ? [`a=fmtp:${payloads.h264} packetization-mode=1;profile-level-id=42e01f`] : []),
    `a=rtpmap:${rtx[codec]} rtx/90000`,
    `a=fmtp:${rtx[codec]} apt=${payloads[codec]}`,
  ]),
];
