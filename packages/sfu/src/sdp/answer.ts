import type { Accepted, AcceptedCodec } from "./capabilities.ts";
import type { Section } from "./offer.ts";

/** Our side of the transport, the same in every section. */
export interface LocalTransport {
  ufrag: string;
  pwd: string;
  /** SHA-256 of our DTLS certificate. */
  fingerprint: string;
  /** "actpass": in an offer. */
  setup: "passive" | "active" | "actpass";
  addresses: readonly string[];
  port: number;
}

/** A forwarded track in a section: `stream` and `track` are what the browser's `track` event shows. */
export interface Sending {
  stream: string;
  track: string;
  ssrcs: { media: number; rtx: number };
}

/** What of a section stands in our description of it, whoever offered it. */
export type OurSection = Pick<Section, "mid" | "kind" | "protocol" | "format" | "rids">;

export type SectionAnswer = { section: OurSection; accepted: Accepted } & (
  | { role: "refused" }
  | { role: "inactive" }
  /** Data channels; `lines`: those of SCTP. */
  | { role: "data"; lines: string[] }
  /** `dtx`: the client may stop sending in silence (Opus). */
  | { role: "receiving"; dtx: boolean }
  | { role: "sending"; sending: Sending }
  /** Pion publishes in a section that it receives in. */
  | { role: "both"; dtx: boolean; sending: Sending }
);

/**
 * Our description in full: an answer, whose sections stand in the order of the offer, or an offer. Sections that are
 * refused have port 0 and are out of BUNDLE.
 */
export function writeDescription(local: LocalTransport, answers: readonly SectionAnswer[], version: number): string {
  const bundled = answers.filter((answer) => answer.role !== "refused").map((answer) => answer.section.mid);
  return [
    "v=0",
    `o=- ${sessionId} ${version} IN IP4 127.0.0.1`,
    "s=-",
    "t=0 0",
    "a=ice-lite",
    ...(bundled.length > 0 ? [`a=group:BUNDLE ${bundled.join(" ")}`] : []),
    "a=extmap-allow-mixed",
    "a=msid-semantic: WMS *",
    ...answers.flatMap((answer) => sectionLines(local, answer, bundled[0])),
    "",
  ].join("\r\n");
}

const sessionId = 1;

function sectionLines(local: LocalTransport, answer: SectionAnswer, first: string | undefined): string[] {
  const { section } = answer;
  if (answer.role === "refused") return refusedLines(answer);
  const isData = answer.role === "data";
  return [
    `m=${section.kind} 9 ${section.protocol} ${isData ? section.format : payloads(answer.accepted).join(" ")}`,
    "c=IN IP4 0.0.0.0",
    ...(isData ? [] : ["a=rtcp:9 IN IP4 0.0.0.0"]),
    `a=ice-ufrag:${local.ufrag}`,
    `a=ice-pwd:${local.pwd}`,
    `a=fingerprint:sha-256 ${local.fingerprint}`,
    `a=setup:${local.setup}`,
    // The others are bundled with the first: one set of candidates does.
    ...(section.mid === first ? candidates(local) : []),
    `a=mid:${section.mid}`,
    ...(isData ? answer.lines : mediaLines(answer)),
  ];
}

/**
 * No payload type stands here without its codec: Pion refuses the whole description otherwise, also for a section of
 * port 0. So one of ours that has ended keeps its codecs (RFC 8829, 5.2.2), and one that has none says 0, as Pion does.
 */
function refusedLines({ section, accepted }: SectionAnswer): string[] {
  const formats = section.kind === "application" ? section.format : payloads(accepted).join(" ") || "0";
  return [
    `m=${section.kind} 0 ${section.protocol} ${formats}`,
    "c=IN IP4 0.0.0.0",
    "a=inactive",
    `a=mid:${section.mid}`,
    ...accepted.codecs.flatMap((codec) => codecLines(codec, false)),
  ];
}

function mediaLines(answer: Exclude<SectionAnswer, { role: "refused" | "data" }>): string[] {
  return [
    ...answer.accepted.extensions.map(({ id, uri }) => `a=extmap:${id} ${uri}`),
    directions[answer.role],
    ...("sending" in answer ? [`a=msid:${answer.sending.stream} ${answer.sending.track}`] : []),
    "a=rtcp-mux",
    "a=rtcp-rsize",
    ...answer.accepted.codecs.flatMap((codec) => codecLines(codec, "dtx" in answer && answer.dtx)),
    ...("dtx" in answer ? simulcastLines(answer.section) : []),
    ...("sending" in answer ? sourceLines(answer.sending) : []),
  ];
}

const directions = {
  inactive: "a=inactive",
  receiving: "a=recvonly",
  sending: "a=sendonly",
  both: "a=sendrecv",
} as const;

const payloads = (accepted: Accepted): number[] =>
  accepted.codecs.flatMap((codec) => (codec.rtx === null ? [codec.payload] : [codec.payload, codec.rtx]));

const codecLines = (codec: AcceptedCodec, dtx: boolean): string[] => [
  `a=rtpmap:${codec.payload} ${codec.name === "opus" ? "opus" : codec.name.toUpperCase()}/${codec.clock}${codec.channels === null ? "" : `/${codec.channels}`}`,
  ...codec.feedback.map((what) => `a=rtcp-fb:${codec.payload} ${what}`),
  ...formatLines(codec, dtx),
  ...(codec.rtx === null
    ? []
    : [`a=rtpmap:${codec.rtx} rtx/${codec.clock}`, `a=fmtp:${codec.rtx} apt=${codec.payload}`]),
];

function formatLines(codec: AcceptedCodec, dtx: boolean): string[] {
  const silent = dtx && codec.name === "opus" && !codec.fmtp.includes("usedtx=");
  const parameters = [codec.fmtp, ...(silent ? ["usedtx=1"] : [])].filter((part) => part !== "");
  return parameters.length === 0 ? [] : [`a=fmtp:${codec.payload} ${parameters.join(";")}`];
}

const simulcastLines = (section: OurSection): string[] =>
  section.rids.length === 0
    ? []
    : [...section.rids.map((rid) => `a=rid:${rid} recv`), `a=simulcast:recv ${section.rids.join(";")}`];

function sourceLines({ stream, track, ssrcs }: Sending): string[] {
  const all = ssrcs.rtx === 0 ? [ssrcs.media] : [ssrcs.media, ssrcs.rtx];
  return [
    ...(ssrcs.rtx === 0 ? [] : [`a=ssrc-group:FID ${ssrcs.media} ${ssrcs.rtx}`]),
    // One cname for what is to stay in step: browsers synchronise by it and by the stream id.
    ...all.flatMap((ssrc) => [`a=ssrc:${ssrc} cname:${stream}`, `a=ssrc:${ssrc} msid:${stream} ${track}`]),
  ];
}

/** Host candidates; ICE prefers those that come first. */
const candidates = (local: LocalTransport): string[] => [
  ...local.addresses.map((address, index) => {
    const priority = 2 ** 24 * 126 + 2 ** 8 * (65535 - index) + 255;
    return `a=candidate:${index + 1} 1 udp ${priority} ${address} ${local.port} typ host`;
  }),
  "a=end-of-candidates",
];
