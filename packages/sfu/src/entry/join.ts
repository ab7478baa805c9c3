import type { IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import {
  ClientInfo,
  ClientInfo_Capability,
  ClientInfo_SDK,
  JoinRequest,
  type SessionDescription,
  WrappedJoinRequest,
  WrappedJoinRequest_Compression,
} from "@livekit/protocol";
import { z } from "zod";
import { bearerOf } from "../base/requests.ts";
import type { Form } from "../negotiation/negotiation.ts";
import { maxSdpBytes, weightOfJoin } from "../session/bulk.ts";

type Asked = Pick<IncomingMessage, "url" | "headers">;

/** What a client asks for when it opens the signalling socket, from query and header. */
export interface JoinWishes {
  form: Form;
  token: string | null;
  /** Comes back to this participant; `null`: joins anew. */
  resume: string | null;
  autoSubscribe: boolean;
  /** First offer, with its id. */
  offer: SessionDescription | null;
  request: JoinRequest;
}

/**
 * `null`: the request is malformed. Which peer connections a client has shows in whether it sends a `join_request`;
 * `/rtc/v1` must have one, and whoever knows no more than `/rtc` has put it all into the query.
 */
export function joinWishesOf(request: Asked, path: string): JoinWishes | null {
  const query = queryOf(request);
  const wrapped = query.get("join_request") ?? "";
  if (wrapped === "") return path === "/rtc" ? wishesOfQuery(query, tokenOf(request)) : null;
  const join = unwrap(wrapped);
  if (join === null) return null;
  const offer = join.publisherOffer;
  return {
    form: "single",
    token: tokenOf(request),
    resume: join.reconnect ? join.participantSid : null,
    autoSubscribe: join.connectionSettings?.autoSubscribe ?? false,
    offer: offer && offer.sdp !== "" ? offer : null,
    request: join,
  };
}

function wishesOfQuery(query: URLSearchParams, token: string | null): JoinWishes | null {
  // A second connection of the same person, to publish only: an identity that no ticket names.
  if ((query.get("publish") ?? "") !== "") return null;
  const attributes = attributesOf(query.get("attributes") ?? "");
  if (attributes === null) return null;
  const text = (name: string) => (query.get(name) ?? "").slice(0, 256);
  const isTrue = (name: string) => query.get(name) === "1" || query.get(name) === "true";
  return {
    form: "dual",
    token,
    resume: isTrue("reconnect") ? text("sid") : null,
    autoSubscribe: (query.get("auto_subscribe") ?? "") === "" || isTrue("auto_subscribe"),
    offer: null,
    request: new JoinRequest({
      clientInfo: new ClientInfo({
        protocol: numberOf(query.get("protocol")),
        version: text("version"),
        browser: text("browser"),
        sdk: sdks[text("sdk")] ?? ClientInfo_SDK.UNKNOWN,
        clientProtocol: numberOf(query.get("client_protocol")),
        capabilities: capabilitiesOf(text("capabilities")),
      }),
      participantAttributes: attributes,
    }),
  };
}

/** The ticket: `access_token` in the query, or `Authorization: Bearer`. */
export function tokenOf(request: Asked): string | null {
  return queryOf(request).get("access_token") ?? bearerOf(request);
}

const queryOf = (request: Asked): URLSearchParams => {
  const url = request.url ?? "";
  const mark = url.indexOf("?");
  return new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
};

const sdks: Record<string, ClientInfo_SDK> = Object.assign(Object.create(null), {
  js: ClientInfo_SDK.JS,
  ios: ClientInfo_SDK.SWIFT,
  swift: ClientInfo_SDK.SWIFT,
  android: ClientInfo_SDK.ANDROID,
  flutter: ClientInfo_SDK.FLUTTER,
  go: ClientInfo_SDK.GO,
  unity: ClientInfo_SDK.UNITY,
  reactnative: ClientInfo_SDK.REACT_NATIVE,
  rust: ClientInfo_SDK.RUST,
  python: ClientInfo_SDK.PYTHON,
  cpp: ClientInfo_SDK.CPP,
  unityweb: ClientInfo_SDK.UNITY_WEB,
  node: ClientInfo_SDK.NODE,
});

/** A version of a protocol; 0: none, or not one. */
function numberOf(text: string | null): number {
  const number = Number(text ?? "");
  return Number.isInteger(number) && number >= 0 && number < 1000 ? number : 0;
}

/** Names with commas between. */
const capabilitiesOf = (names: string): ClientInfo_Capability[] =>
  names.split(",").flatMap((name) => knownCapabilities.filter((known) => ClientInfo_Capability[known] === name.trim()));

const knownCapabilities = Object.values(ClientInfo_Capability).filter((value) => typeof value !== "string");

/** What a client says that it can do; what we have never heard of is not told to others. */
export function abilitiesOf(info: ClientInfo | undefined): Pick<ClientInfo, "clientProtocol" | "capabilities"> {
  const { clientProtocol = 0, capabilities = [] } = info ?? {};
  return {
    clientProtocol: numberOf(String(clientProtocol)),
    capabilities: knownCapabilities.filter((known) => capabilities.includes(known)),
  };
}

const Attributes = z.record(z.string(), z.string());

/** Base64 of JSON; `null`: it is not. */
function attributesOf(base64: string): Record<string, string> | null {
  if (base64 === "") return {};
  try {
    return Attributes.safeParse(JSON.parse(Buffer.from(base64, "base64url").toString())).data ?? null;
  } catch {
    return null;
  }
}

/** Tracks that may be announced in a join: as many as one may publish. */
const maxTracks = 32;

/** `null`: it is none, or says more than a client has to say. */
function unwrap(base64: string): JoinRequest | null {
  if (!/^[A-Za-z0-9+/_=-]*$/.test(base64)) return null;
  try {
    const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(base64, "base64url"));
    const bytes =
      wrapped.compression === WrappedJoinRequest_Compression.GZIP
        ? gunzipSync(wrapped.joinRequest, { maxOutputLength: maxSdpBytes })
        : wrapped.joinRequest;
    if (weightOfJoin(bytes) === null) return null;
    const join = JoinRequest.fromBinary(bytes);
    return join.addTrackRequests.length > maxTracks ? null : join;
  } catch {
    return null;
  }
}
