import type { MediaTicket } from "@raadhuis/protocol/socket";

/** What a browser can do in a meeting. */
export interface Ability {
  /** Picture and sound come in. */
  hears: boolean;
  /** The own microphone and camera can be had. */
  captures: boolean;
  shares: boolean;
  /** Why not all of it, for the page to say. `null`: nothing of a meeting is missing; not every browser shares. */
  lacks: "webrtc" | "https" | "capture" | null;
}

/** What a page is given by its browser, whichever it is. */
interface Given {
  isSecureContext?: boolean;
  RTCPeerConnection?: { prototype: object } | undefined;
  navigator?: { mediaDevices?: object | undefined };
}

/**
 * Asks for what is used, never for a name or a version. Very old browsers have RTCPeerConnection without transceivers,
 * and some that guard their reader's privacy have none at all; an address without https has no microphone or camera.
 */
export function abilityOf({ isSecureContext, RTCPeerConnection, navigator }: Given): Ability {
  const devices = navigator?.mediaDevices ?? {};
  const hears = RTCPeerConnection !== undefined && "addTransceiver" in RTCPeerConnection.prototype;
  const captures = hears && "getUserMedia" in devices;
  const lacks = !hears ? "webrtc" : captures ? null : isSecureContext === false ? "https" : "capture";
  return { hears, captures, shares: hears && "getDisplayMedia" in devices, lacks };
}

/** Of the browser that this runs in; it does not change. */
export const abilityHere = (): Ability => abilityOf(globalThis);

/** Of what somebody may publish, what the browser can send at all. */
export const sendable = (publish: MediaTicket["publish"], { captures, shares } = abilityHere()) =>
  publish.filter((source) => (source === "screen_share" ? shares : captures));
