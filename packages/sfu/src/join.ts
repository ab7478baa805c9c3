import type { IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { JoinRequest, WrappedJoinRequest, WrappedJoinRequest_Compression } from "@livekit/protocol";
import { maxOfferBytes } from "./session.ts";

/** What a client asks for when it opens the signalling socket, from query and header. */
export interface JoinWishes {
  token: string | null;
  /** Comes back to this participant; `null`: joins anew. */
  resume: string | null;
  autoSubscribe: boolean;
  /** First offer, with its id. */
  offer: { sdp: string; id: number } | null;
  request: JoinRequest;
}

/** `null`: the request is malformed. */
export function joinWishesOf(request: IncomingMessage): JoinWishes | null {
  const query = queryOf(request);
  const wrapped = query.get("join_request");
  const join = wrapped === null ? new JoinRequest() : unwrap(wrapped);
  if (join === null) return null;
  const reconnect = join.reconnect || query.get("reconnect") === "1";
  const sid = join.participantSid || (query.get("sid") ?? "");
  const offer = join.publisherOffer;
  return {
    token: tokenOf(request),
    resume: reconnect ? sid : null,
    autoSubscribe: join.connectionSettings?.autoSubscribe ?? query.get("auto_subscribe") !== "0",
    offer: offer && offer.sdp !== "" ? { sdp: offer.sdp, id: offer.id } : null,
    request: join,
  };
}

/** The ticket: `access_token` in the query, or `Authorization: Bearer`. */
export function tokenOf(request: IncomingMessage): string | null {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return queryOf(request).get("access_token") ?? bearer ?? null;
}

const queryOf = (request: IncomingMessage): URLSearchParams => {
  const url = request.url ?? "";
  const mark = url.indexOf("?");
  return new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
};

function unwrap(base64: string): JoinRequest | null {
  if (!/^[A-Za-z0-9+/_=-]*$/.test(base64)) return null;
  try {
    const wrapped = WrappedJoinRequest.fromBinary(Buffer.from(base64, "base64url"));
    const bytes =
      wrapped.compression === WrappedJoinRequest_Compression.GZIP
        ? gunzipSync(wrapped.joinRequest, { maxOutputLength: maxOfferBytes })
        : wrapped.joinRequest;
    return JoinRequest.fromBinary(bytes);
  } catch {
    return null;
  }
}
