import { JoinRequest, SessionDescription, SignalRequest } from "@livekit/protocol";

/**
 * An SDP grows by some 6 kB with each person whose picture and sound are received, so that a council of a hundred needs
 * half a megabyte.
 */
export const maxSdpBytes = 1024 * 1024;
/**
 * Only SDPs may be long. Half a million empty messages fit into the mebibyte that one may have, and take half a second
 * to decode, while nobody else is heard: so what is beside the SDP is measured before anything is decoded.
 */
export const maxBesideSdp = 64 * 1024;
/** Whoever comes back says by which offer and answer they were here (SyncState). */
export const maxMessageBytes = 2 * maxSdpBytes + maxBesideSdp;

/** Frames of one message, and pieces of one frame as they arrive: thousands of small ones cost more than one large one. */
export const maxFragments = 1024;
export const maxBufferedChunks = 16 * 1024;

/** Below this a message costs next to nothing, whatever is in it. */
const trifle = 2048;

/** Bytes of a SignalRequest beside the SDPs in it. `null`: too many. */
export const weightOfRequest = (bytes: Uint8Array): number | null => weightOf(bytes, SignalRequest);

/** The same of a JoinRequest. */
export const weightOfJoin = (bytes: Uint8Array): number | null => weightOf(bytes, JoinRequest);

/** The same of a SignalRequest that came as text; `message`: read from it. */
export function weightOfText(text: string, message: unknown): number | null {
  const sdps = [message, member(message, "syncState")]
    .flatMap((holder) => [member(holder, "offer"), member(holder, "answer")])
    .map((description) => member(description, "sdp"))
    .filter((sdp) => typeof sdp === "string");
  const weight = text.length - sdps.reduce((sum, sdp) => sum + JSON.stringify(sdp).length, 0);
  return sdps.some((sdp) => sdp.length > maxSdpBytes) || weight > maxBesideSdp ? null : weight;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;

function weightOf(bytes: Uint8Array, type: Type): number | null {
  if (bytes.length <= trifle) return bytes.length;
  const sdp = sdpIn(bytes, type);
  // What is not as its type says is left to the decoder, as long as it is short.
  if (sdp === null) return bytes.length > maxBesideSdp ? null : bytes.length;
  return bytes.length - sdp > maxBesideSdp ? null : bytes.length - sdp;
}

type Type = Pick<typeof SignalRequest | typeof JoinRequest | typeof SessionDescription, "fields">;
type Field = NonNullable<ReturnType<Type["fields"]["find"]>>;

/**
 * Bytes of the SDPs in a message. `null`: there is too much beside them, or something has another form than its type says.
 * The decoder believes the type, whatever the form, and lets what is inside something be longer than that: it would read
 * other things here than we have measured.
 */
function sdpIn(bytes: Uint8Array, type: Type): number | null {
  const view = { bytes, at: 0 };
  let found = 0;
  while (view.at < bytes.length) {
    const tag = varint(view);
    if (tag === null || tag >= 2 ** 32 || view.at - found > maxBesideSdp) return null;
    const number = Math.floor(tag / 8);
    const field = type.fields.find(number);
    const content = contentOf(view, tag % 8);
    const inside = content && (field ? sdpInField(content, tag % 8, field) : 0);
    if (content === null || inside === null) return null;
    if (isSdp(type, number) && content.length > maxSdpBytes) return null;
    found += isSdp(type, number) ? content.length : inside;
  }
  return found;
}

const isSdp = (type: Type, number: number): boolean =>
  type.fields === SessionDescription.fields && SessionDescription.fields.find(number)?.name === "sdp";

/** `null`: this is not how such a field is written. */
function sdpInField(content: Uint8Array, form: number, field: Field): number | null {
  if (field.kind === "message") return form === 2 ? sdpIn(content, field.T) : null;
  if (field.kind === "map") return form === 2 && isEntry(content, field) ? 0 : null;
  const usual = field.kind === "enum" ? 0 : (formOf[field.T] ?? 0);
  if (form === usual) return 0;
  // Many numbers at once; the last of them ends here.
  return form === 2 && usual === 0 && field.repeated && (content.at(-1) ?? 0) < 128 ? 0 : null;
}

/** Key and value, both text: there are no other maps here. */
function isEntry(content: Uint8Array, { K, V }: Extract<Field, { kind: "map" }>): boolean {
  if (formOf[K] !== 2 || V.kind !== "scalar" || formOf[V.T] !== 2) return false;
  const view = { bytes: content, at: 0 };
  while (view.at < content.length) {
    const tag = varint(view);
    if ((tag !== 0x0a && tag !== 0x12) || contentOf(view, 2) === null) return false;
  }
  return true;
}

/** protobuf's wire types: 0 a number of its own length, 1 and 5 eight and four bytes, 2 bytes with their length before them. */
function contentOf(view: { readonly bytes: Uint8Array; at: number }, form: number): Uint8Array | null {
  const begin = view.at;
  if (form === 0) return varint(view) === null ? null : view.bytes.subarray(begin, view.at);
  const length = form === 2 ? varint(view) : form === 1 ? 8 : form === 5 ? 4 : null;
  if (length === null || length > view.bytes.length - view.at) return null;
  view.at += length;
  return view.bytes.subarray(view.at - length, view.at);
}

/** Of protobuf's scalar types, by their number in descriptor.proto; all others have form 0. */
const formOf: Readonly<Record<number, number>> = { 1: 1, 2: 5, 6: 1, 7: 5, 9: 2, 12: 2, 15: 5, 16: 1 };

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
