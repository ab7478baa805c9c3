import type { IncomingMessage } from "node:http";
import {
  BROADCAST_IDENTITY,
  isOnAir,
  type MediaRights,
  type MeetingState,
  type Occupancy,
  occupancyOf,
  placesOf,
  type SeatId,
} from "@raadhuis/meeting";
import type { MediaTicket } from "@raadhuis/protocol/socket";
import { CLOCK_TOLERANCE_SECONDS, TICKET_SECONDS, type TicketFault, ticketFault } from "@raadhuis/protocol/tickets";
import { AccessToken, TokenVerifier, TrackSource } from "livekit-server-sdk";
import { SeatClaims } from "./claims.ts";

const sources = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
} as const;

export const trackSources = ({ publish }: MediaRights): TrackSource[] => publish.map((source) => sources[source]);

/** What may be published by LiveKit's rules, where no sources, or an empty list of them, means all. */
export const grantedSources = <S>(
  canPublish: boolean | undefined,
  named: readonly S[] | undefined,
  all: readonly S[],
) => (canPublish === false ? [] : named && named.length > 0 ? [...named] : [...all]);

export const allTrackSources: readonly TrackSource[] = Object.values(sources);

export interface Keys {
  apiKey: string;
  apiSecret: string;
}

/** Who holds a ticket, for which room, and what it lets them publish. */
export interface TicketClaims {
  identity: string;
  room: string;
  /** Hash of the secret of the session that asked for it: media ends with that session. */
  session: string;
  /** LiveKit's source names. */
  publish: string[];
  /** By our own clock it has not lapsed. */
  fresh: boolean;
}

type Place = ReturnType<typeof placesOf>[number];

/**
 * Tickets for the media server. Nothing in them names anybody: the identity is the seat's id, and pages know who sits
 * there from the meeting's state. Which session it was given to is an attribute, which the media server keeps when it
 * renews the ticket; the others in the room see that hash, and can do nothing with it.
 */
export class Tickets {
  readonly #keys: Keys;
  readonly #verifier: TokenVerifier;
  readonly #occupancy: (state: MeetingState) => Occupancy;

  constructor(keys: Keys, occupancy = occupancyOf) {
    this.#keys = keys;
    this.#occupancy = occupancy;
    this.#verifier = new TokenVerifier(keys.apiKey, keys.apiSecret);
  }

  /** One for each room that the seat belongs in at this moment, in the rooms' order. */
  forSeat(state: MeetingState, seat: SeatId, session: string): Promise<MediaTicket[]> {
    return Promise.all(placesOf(this.#occupancy(state), seat).map((place) => this.#forPlace(place, seat, session)));
  }

  async #forPlace({ room: { name, epoch }, rights }: Place, seat: SeatId, session: string): Promise<MediaTicket> {
    const token = new AccessToken(this.#keys.apiKey, this.#keys.apiSecret, {
      identity: seat,
      ttl: TICKET_SECONDS,
      attributes: { session },
    });
    token.addGrant({
      roomJoin: true,
      room: name,
      canSubscribe: rights.subscribe,
      canPublish: rights.publish.length > 0,
      canPublishSources: trackSources(rights),
      canPublishData: false,
      canUpdateOwnMetadata: false,
    });
    return { epoch, room: name, token: await token.toJwt(), publish: rights.publish };
  }

  /** For the broadcast: sees and hears, hidden. `null` unless a room is on air. */
  async forEgress(state: MeetingState): Promise<{ room: string; token: string } | null> {
    const room = this.#occupancy(state).find(isOnAir)?.name;
    if (room === undefined) return null;
    const token = new AccessToken(this.#keys.apiKey, this.#keys.apiSecret, {
      identity: BROADCAST_IDENTITY,
      ttl: TICKET_SECONDS,
    });
    token.addGrant({
      roomJoin: true,
      room,
      hidden: true,
      recorder: true,
      canSubscribe: true,
      canPublish: false,
      canPublishData: false,
      canUpdateOwnMetadata: false,
    });
    return { room, token: await token.toJwt() };
  }

  /**
   * Reads a ticket that this house, or its media server on renewing it, has signed. By which clock it was is not known:
   * what lets a seat in is its present state, and the ticket's time is told within a minute.
   */
  async read(token: string): Promise<TicketClaims | { refused: TicketFault }> {
    try {
      const claims = SeatClaims.safeParse(await this.#verifier.verify(token, CLOCK_TOLERANCE_SECONDS));
      if (!claims.success) return { refused: "ticket.invalid" };
      const { sub, exp, video, attributes } = claims.data;
      const fresh = exp * 1000 > Date.now();
      return { identity: sub, room: video.room, session: attributes.session, publish: video.canPublishSources, fresh };
    } catch (error) {
      return { refused: ticketFault(error) };
    }
  }
}

/** Browsers cannot set headers on a WebSocket: livekit-client sends the ticket in the query. */
export function ticketOf(request: IncomingMessage): string | undefined {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  return bearer ?? queryOf(request).get("access_token") ?? undefined;
}

export function queryOf({ url = "" }: IncomingMessage): URLSearchParams {
  const mark = url.indexOf("?");
  return new URLSearchParams(mark < 0 ? "" : url.slice(mark + 1));
}
