import { JoinRequest, SessionDescription, SignalRequest } from "@livekit/protocol";

/**
 * Only an SDP may be long. Half a million empty messages fit into the mebibyte that one may have, and take half a second
 * to decode, while nobody else is heard: so what is beside the SDP is measured before anything is decoded.
 */
export const maxBesideSdp = 64 * 1024;

const numberOf = (type: typeof SignalRequest | typeof JoinRequest | typeof SessionDescription, name: string): number =>
  type.fields.findJsonName(name)?.no ?? 0;

const sdp = numberOf(SessionDescription, "sdp");
const descriptionsOfRequest: ReadonlySet<number> = new Set([
  numberOf(SignalRequest, "offer"),
  numberOf(SignalRequest, "answer"),
]);
const descriptionsOfJoin: ReadonlySet<number> = new Set([numberOf(JoinRequest, "publisherOffer")]);

/** Whether a SignalRequest says too much beside the SDP in it. */
export const isBulkyRequest = (bytes: Uint8Array): boolean => besideSdp(bytes, descriptionsOfRequest) > maxBesideSdp;

/** The same of a JoinRequest. */
export const isBulkyJoin = (bytes: Uint8Array): boolean => besideSdp(bytes, descriptionsOfJoin) > maxBesideSdp;

/** The same of a SignalRequest that came as text; `message`: read from it. */
export function isBulkyText(text: string, message: unknown): boolean {
  if (text.length <= maxBesideSdp) return false;
  const longest = Math.max(...["offer", "answer"].map((name) => textOf(textOf(message, name), "sdp")).map(lengthOf));
  return text.length - longest > maxBesideSdp;
}

const textOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;

const lengthOf = (value: unknown): number => (typeof value === "string" ? JSON.stringify(value).length : 0);

function besideSdp(bytes: Uint8Array, descriptions: ReadonlySet<number>): number {
  if (bytes.length <= maxBesideSdp) return bytes.length;
  let long = 0;
  for (const field of fieldsOf(bytes))
    if (descriptions.has(field.number))
      for (const inner of fieldsOf(field.content)) if (inner.number === sdp) long += inner.content.length;
  return bytes.length - long;
}

/** Fields with a length of their own (protobuf wire type 2), until one is malformed: what follows then is beside. */
function* fieldsOf(bytes: Uint8Array): Generator<{ number: number; content: Uint8Array }> {
  const view = { bytes, at: 0 };
  while (view.at < bytes.length) {
    const tag = varint(view);
    if (tag === null) return;
    const kind = tag % 8;
    const length = kind === 2 ? varint(view) : (fixed[kind] ?? null);
    if (kind === 0) {
      if (varint(view) === null) return;
    } else {
      if (length === null || length > bytes.length - view.at) return;
      if (kind === 2) yield { number: Math.floor(tag / 8), content: bytes.subarray(view.at, view.at + length) };
      view.at += length;
    }
  }
}

/** Bytes of the wire types that have as many each time; the ends of groups have none. */
const fixed: Readonly<Record<number, number>> = { 1: 8, 3: 0, 4: 0, 5: 4 };

/** `null`: it has no end. */
function varint(view: { readonly bytes: Uint8Array; at: number }): number | null {
  let value = 0;
  for (let count = 0; count < 10; count++) {
    const byte = view.bytes[view.at++];
    if (byte === undefined) return null;
    value += (byte % 128) * 2 ** (7 * count);
    if (byte < 128) return value;
  }
  return null;
}
