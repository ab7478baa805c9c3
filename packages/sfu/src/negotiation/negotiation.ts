import type { Subscription } from "../track/subscription.ts";
import type { PublishedTrack } from "../track/track.ts";
import type { DataSection } from "./data.ts";
import type { Publishing } from "./receiver.ts";

/** An SDP on its way to the client. `midToTrackId`: which section carries which track; empty where none does. */
export interface Description {
  sdp: string;
  midToTrackId: Record<string, string>;
}

/**
 * Which peer connections a client has. `single` (`/rtc/v1`): one, and the client offers. `dual` (`/rtc`): one that it
 * publishes with, which it offers, and one that it receives with, which we offer. Either way each connection has one
 * side that ever offers, so offers never meet (glare) and nobody rolls back.
 */
export type Form = "single" | "dual";

/** How media is agreed on with one client, and what flows by it: all that a participant knows of its connections. */
export interface Negotiation {
  /** Whether what we send arrives. */
  readonly connected: boolean;
  /** The client has been told that it joined. */
  begin(): void;
  /** Answers an offer of the client. Throws NotAnOffer when it is none; nothing has changed then. */
  answer(sdp: string): Description;
  /** The client's answer to our offer of this id; 0: it tells no ids. Throws NotAnOffer when it is none. */
  accept(sdp: string, id: number): void;
  /** Sends this track as soon as there is a section for it. */
  add(subscription: Subscription): void;
  remove(subscription: Subscription): void;
  /** No longer takes in this track: its packets are dropped from now on. */
  refuse(track: PublishedTrack): void;
  /** A track was announced after the offer that carries it: have it offered again. */
  renegotiate(): void;
  /** The client's socket is back: what was said meanwhile is lost, and its address may be another. */
  resume(): void;
  stop(): void;
}

/** What a negotiation asks of the participant it belongs to. */
export interface NegotiationOwner {
  readonly publications: Publishing;
  /** `recorder`: it is sent what a recorder is. For good, as the ticket says. */
  readonly rights: { readonly recorder: boolean };
  connected(): void;
  disconnected(): void;
  /** It may receive over another path now. */
  moved(): void;
  /** `single` only: asks the client for an offer with so many more sections. */
  requestOffer(audio: number, video: number): void;
  /** `dual` only: our offer. */
  offer(description: Description & { id: number }): void;
  /** `dual` only: the client did not answer our offer in time. */
  unanswered(): void;
  /** The client can take in nothing of this track. */
  unsupported(subscription: Subscription): void;
  streamId(subscription: Subscription): string;
  /** What becomes of the data channels of one peer connection. */
  dataSection(connection: "single" | "publisher" | "subscriber"): DataSection;
}
