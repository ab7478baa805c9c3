/** A client's offer (RFC 8866, 8829), read strictly: what the answer needs and nothing else. */
export interface Offer {
  ice: { ufrag: string; pwd: string };
  dtls: { setup: "actpass" | "active" | "passive"; hash: string; fingerprint: string };
  sections: Section[];
}

export type Direction = "sendrecv" | "sendonly" | "recvonly" | "inactive";

export interface Codec {
  payload: number;
  /** In lower case: "vp8". */
  name: string;
  clock: number;
  channels: number | null;
  fmtp: string;
  feedback: string[];
}

/** One m= section. */
export interface Section {
  mid: string;
  kind: "audio" | "video" | "application";
  protocol: string;
  format: string;
  /** Port 0: the client gave this section up. */
  rejected: boolean;
  direction: Direction;
  codecs: Codec[];
  extensions: { id: number; uri: string }[];
  /** Track id of a=msid: the `cid` of AddTrackRequest. */
  trackId: string | null;
  ssrcs: number[];
  groups: { semantics: string; ssrcs: number[] }[];
  /** Simulcast encodings the client sends, lowest first. */
  rids: string[];
}

export class NotAnOffer extends Error {}

/** More than a body of 150 with picture and sound each needs, and few enough to answer in a blink. */
const maxSections = 512;
/**
 * Far above what browsers write. An offer is read in time proportional to its lines times its formats, and everybody's
 * signalling waits meanwhile.
 */
const maxLineLength = 16 * 1024;
const maxLinesOfSection = 1000;
const maxFormats = 128;
const maxSources = 64;
/** Said of all formats at once (`a=rtcp-fb:*`): each of them gets a copy. */
const maxCommonFeedback = 32;
const ridPattern = /^[A-Za-z0-9_-]{1,32}$/;
const midPattern = /^[A-Za-z0-9_.+-]{1,32}$/;
const icePattern = /^[A-Za-z0-9+/]{4,256}$/;
/** What every WebRTC client uses; the weaker ones nobody needs, and lengths that do not fit are refused here. */
const digest = /^(sha-256) ([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){31})$/i;

interface Lines {
  media: string | null;
  attributes: [name: string, value: string][];
}

/** Throws NotAnOffer, with a sentence that says what is missing. */
export const parseOffer = (sdp: string): Offer => parse(sdp, []);

/** An answer to an offer with these mids: Pion names none where it refuses a section, which then stands for itself. */
export const parseAnswer = (sdp: string, offered: readonly string[]): Offer => parse(sdp, offered);

function parse(sdp: string, offered: readonly string[]): Offer {
  const [session, ...media] = split(sdp);
  if (session === undefined || media.length === 0) throw new NotAnOffer("The SDP has no media section.");
  if (media.length > maxSections) throw new NotAnOffer(`The SDP has more than ${maxSections} media sections.`);
  const sections = media.map((lines, index) => sectionOf(lines, offered[index] ?? null));
  if (new Set(sections.map((section) => section.mid)).size !== sections.length)
    throw new NotAnOffer("Two media sections share a mid.");
  const first = (name: string) =>
    media.map((lines) => attribute(lines, name)).find((value) => value !== null) ?? attribute(session, name);
  const ufrag = first("ice-ufrag");
  const pwd = first("ice-pwd");
  if (ufrag === null || pwd === null || !icePattern.test(ufrag) || !icePattern.test(pwd))
    throw new NotAnOffer("The SDP has no ICE credentials.");
  const fingerprint = digest.exec(first("fingerprint") ?? "");
  if (!fingerprint?.[1] || !fingerprint[2]) throw new NotAnOffer("The SDP has no DTLS fingerprint.");
  const setup = first("setup") ?? "actpass";
  if (setup !== "actpass" && setup !== "active" && setup !== "passive") throw new NotAnOffer("Unknown DTLS setup.");
  return {
    ice: { ufrag, pwd },
    dtls: { setup, hash: fingerprint[1].toLowerCase(), fingerprint: fingerprint[2] },
    sections,
  };
}

function split(sdp: string): Lines[] {
  const lines = sdp.split(/\r?\n/).filter((line) => line !== "");
  if (lines[0] !== "v=0") throw new NotAnOffer("The SDP does not begin with v=0.");
  const parts: Lines[] = [{ media: null, attributes: [] }];
  for (const line of lines) {
    if (!/^[a-z]=/.test(line)) throw new NotAnOffer("A line is not SDP.");
    if (line.length > maxLineLength) throw new NotAnOffer("A line is too long.");
    if (line.startsWith("m=")) parts.push({ media: line.slice(2), attributes: [] });
    else if (line.startsWith("a=")) {
      const colon = line.indexOf(":");
      const attributes = parts.at(-1)?.attributes ?? [];
      if (attributes.length >= maxLinesOfSection) throw new NotAnOffer("A media section has too many lines.");
      attributes.push(colon < 0 ? [line.slice(2), ""] : [line.slice(2, colon), line.slice(colon + 1)]);
    }
  }
  return parts;
}

const attribute = (lines: Lines, name: string): string | null =>
  lines.attributes.find(([found]) => found === name)?.[1] ?? null;

const attributes = (lines: Lines, name: string): string[] =>
  lines.attributes.filter(([found]) => found === name).map(([, value]) => value);

/** @param offered its mid in our offer, where this is of an answer */
function sectionOf(lines: Lines, offered: string | null): Section {
  const [kind, port, protocol = "", ...formats] = (lines.media ?? "").split(" ");
  if (kind !== "audio" && kind !== "video" && kind !== "application") throw new NotAnOffer("Unknown kind of media.");
  // Firefox gives every section but the first of a bundle port 0, and says that it is in the bundle only (RFC 9143).
  const rejected = port === "0" && attribute(lines, "bundle-only") === null;
  const mid = attribute(lines, "mid") ?? (rejected ? offered : null);
  if (mid === null || !midPattern.test(mid)) throw new NotAnOffer("A media section has no mid.");
  if (!/^[A-Za-z0-9/]{1,40}$/.test(protocol)) throw new NotAnOffer("A media section has no protocol.");
  if (!formats.every((format) => /^[A-Za-z0-9-]{1,40}$/.test(format))) throw new NotAnOffer("Formats are not SDP.");
  if (formats.length > maxFormats) throw new NotAnOffer("A media section has too many formats.");
  const ssrcs = [...new Set(attributes(lines, "ssrc").map((value) => number(value.split(" ")[0])))];
  if (ssrcs.length > maxSources) throw new NotAnOffer("A media section has too many sources.");
  const directions: Direction[] = ["sendrecv", "sendonly", "recvonly", "inactive"];
  const msid = attribute(lines, "msid")?.split(" ");
  return {
    mid,
    kind,
    protocol,
    format: formats.join(" "),
    rejected,
    direction: directions.find((direction) => attribute(lines, direction) !== null) ?? "sendrecv",
    codecs: codecsOf(lines, formats),
    extensions: attributes(lines, "extmap").flatMap(extensionOf),
    trackId: msid?.[1] ?? null,
    ssrcs,
    groups: attributes(lines, "ssrc-group").map((value) => {
      const [semantics = "", ...grouped] = value.split(" ");
      return { semantics, ssrcs: grouped.slice(0, maxSources).map(number) };
    }),
    rids: ridsOf(lines),
  };
}

function codecsOf(lines: Lines, formats: string[]): Codec[] {
  const rtpmaps = new Map(attributes(lines, "rtpmap").map((value) => halves(value)));
  const fmtps = new Map(attributes(lines, "fmtp").map((value) => halves(value)));
  const feedback = Map.groupBy(attributes(lines, "rtcp-fb").map(halves), ([to]) => to);
  const common = feedback.get("*") ?? [];
  if (common.length > maxCommonFeedback) throw new NotAnOffer("A media section has too much common feedback.");
  // A format that is named again is the same: it would only be read again.
  return [...new Set(formats)].flatMap((format) => {
    const rtpmap = rtpmaps.get(format);
    if (rtpmap === undefined) return [];
    const [name = "", clock, channels] = rtpmap.split("/");
    const payload = number(format);
    if (payload > 127) throw new NotAnOffer("A payload type is above 127.");
    return {
      payload,
      name: name.toLowerCase(),
      clock: number(clock),
      channels: channels === undefined ? null : number(channels),
      fmtp: fmtps.get(format) ?? "",
      feedback: [...(feedback.get(format) ?? []), ...common].map(([, what]) => what),
    };
  });
}

function extensionOf(value: string): { id: number; uri: string }[] {
  const [id = "", uri = ""] = value.split(" ");
  // "3/sendonly": a direction may follow the id (RFC 8285).
  const plain = number(id.split("/")[0]);
  return plain >= 1 && plain <= 255 ? [{ id: plain, uri }] : [];
}

/** The order of a=simulcast, which is from low to high with LiveKit's clients; else that of a=rid. */
function ridsOf(lines: Lines): string[] {
  const declared = attributes(lines, "rid")
    .map((value) => value.split(" "))
    .filter(([, direction]) => direction === "send")
    .map(([rid = ""]) => rid);
  const simulcast = /(?:^| )send ([^ ]+)/.exec(attribute(lines, "simulcast") ?? "")?.[1];
  const listed = (simulcast ?? "")
    .split(";")
    .map((alternatives) => (alternatives.split(",")[0] ?? "").replace(/^~/, ""))
    .filter((rid) => declared.includes(rid));
  const rids = listed.length > 0 ? listed : declared;
  if (!rids.every((rid) => ridPattern.test(rid)) || rids.length > 8) throw new NotAnOffer("Rids are not SDP.");
  return rids;
}

const halves = (value: string): [string, string] => {
  const space = value.indexOf(" ");
  return space < 0 ? [value, ""] : [value.slice(0, space), value.slice(space + 1)];
};

function number(text: string | undefined): number {
  if (text === undefined || !/^\d{1,10}$/.test(text) || Number(text) > 0xffffffff)
    throw new NotAnOffer("A number is not one.");
  return Number(text);
}
