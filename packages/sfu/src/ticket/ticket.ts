import { ParticipantInfo_Kind, TrackSource } from "@livekit/protocol";
import { CLOCK_TOLERANCE_SECONDS, type TicketFault, ticketFault } from "@raadhuis/protocol/tickets";
import { AccessToken, TokenVerifier, type VideoGrant } from "livekit-server-sdk";
import { z } from "zod";

/** Who holds the API key; tickets are signed with its secret (JWT, HS256). */
export interface ApiKey {
  key: string;
  secret: string;
}

const sources = {
  camera: TrackSource.CAMERA,
  microphone: TrackSource.MICROPHONE,
  screen_share: TrackSource.SCREEN_SHARE,
  screen_share_audio: TrackSource.SCREEN_SHARE_AUDIO,
} as const;
const SourceName = z.enum(["camera", "microphone", "screen_share", "screen_share_audio"]);

/** Characters of metadata, and of attributes: a ticket stands in the address of a request. */
const maxDescription = 16_384;

/** A ticket's claims: what `AccessToken` of livekit-server-sdk writes. Unknown grants are let be, and grant nothing. */
const Claims = z.object({
  sub: z.string().max(256).optional(),
  name: z.string().max(512).default(""),
  metadata: z.string().max(maxDescription).default(""),
  attributes: z.record(z.string(), z.string()).default({}),
  kind: z.string().optional(),
  exp: z.number(),
  nbf: z.number().default(0),
  video: z
    .object({
      room: z.string().max(256).default(""),
      destinationRoom: z.string().max(256).default(""),
      roomJoin: z.boolean().default(false),
      roomCreate: z.boolean().default(false),
      roomList: z.boolean().default(false),
      roomAdmin: z.boolean().default(false),
      canPublish: z.boolean().optional(),
      canPublishData: z.boolean().optional(),
      canPublishSources: z.array(z.string()).default([]),
      canSubscribe: z.boolean().optional(),
      canUpdateOwnMetadata: z.boolean().default(false),
      hidden: z.boolean().default(false),
      recorder: z.boolean().default(false),
    })
    .prefault({}),
});
export type Claims = z.infer<typeof Claims>;

/** What a participant may do. `sources`: empty means all. */
export interface Rights {
  canPublish: boolean;
  canPublishData: boolean;
  canPublishSources: TrackSource[];
  canSubscribe: boolean;
  canUpdateMetadata: boolean;
  hidden: boolean;
  recorder: boolean;
}

/** A ticket that opens a room. Times in s since 1970. */
export interface Ticket {
  identity: string;
  room: string;
  name: string;
  metadata: string;
  attributes: Record<string, string>;
  rights: Rights;
  /** What it says its holder is: told to others, and no right. */
  kind: ParticipantInfo_Kind;
  notBefore: number;
  /** How long it was made to last, s: fresh ones for the same person last as long. */
  lifetime: number;
}

/** Claims of a ticket that is ours and in its time, or why it is not taken. `tolerance` of clocks in s. */
export async function readTicket(
  token: string,
  api: ApiKey,
  tolerance = CLOCK_TOLERANCE_SECONDS,
): Promise<Claims | TicketFault> {
  try {
    const payload = await new TokenVerifier(api.key, api.secret).verify(token, tolerance);
    return Claims.safeParse(payload).data ?? "ticket.invalid";
  } catch (error) {
    return ticketFault(error);
  }
}

/** The same for whoever does not say why. */
export async function verifyTicket(token: string, api: ApiKey, tolerance?: number): Promise<Claims | null> {
  const claims = await readTicket(token, api, tolerance);
  return typeof claims === "string" ? null : claims;
}

/** The room this ticket opens; `null`: it opens none. */
export function joinTicketOf(claims: Claims): Ticket | null {
  const grant = claims.video;
  if (!grant.roomJoin || grant.room === "" || claims.sub === undefined || claims.sub === "") return null;
  return {
    identity: claims.sub,
    room: grant.room,
    name: claims.name,
    metadata: claims.metadata,
    attributes: claims.attributes,
    rights: rightsOf(grant),
    kind: kindOf(claims.kind ?? ""),
    notBefore: claims.nbf,
    lifetime: Math.max(1, claims.exp - (claims.nbf || Math.floor(Date.now() / 1000))),
  };
}

/** "agent", "egress" and so on, as in the protocol; anything else is a person. */
function kindOf(name: string): ParticipantInfo_Kind {
  for (const kind of Object.values(ParticipantInfo_Kind))
    if (typeof kind !== "string" && ParticipantInfo_Kind[kind] === name.toUpperCase()) return kind;
  return ParticipantInfo_Kind.STANDARD;
}

function rightsOf(grant: Claims["video"]): Rights {
  const named = grant.canPublishSources.map((source) => SourceName.safeParse(source.toLowerCase()).data);
  return {
    // A list that holds nothing we know still limits: an unknown source must not become "all".
    canPublishSources: named.map((source) => (source === undefined ? TrackSource.UNKNOWN : sources[source])),
    canPublish: grant.canPublish ?? true,
    canPublishData: grant.canPublishData ?? grant.canPublish ?? true,
    canSubscribe: grant.canSubscribe ?? true,
    canUpdateMetadata: grant.canUpdateOwnMetadata,
    hidden: grant.hidden,
    recorder: grant.recorder,
  };
}

/** Whether these rights let somebody publish a track of this source. One of no known source is for those without limits. */
export const mayPublish = (rights: Rights, source: TrackSource): boolean =>
  rights.canPublish &&
  (rights.canPublishSources.length === 0 ||
    (source !== TrackSource.UNKNOWN && rights.canPublishSources.includes(source)));

/**
 * A fresh ticket with what its holder is and may do now; lasts as long as the first one did. Metadata and attributes
 * that a ticket cannot carry (the server API takes more) stand in the room and not in it.
 */
export async function freshTicket(ticket: Ticket, api: ApiKey): Promise<string> {
  const attributes = JSON.stringify(ticket.attributes).length > maxDescription ? {} : ticket.attributes;
  const token = new AccessToken(api.key, api.secret, {
    identity: ticket.identity,
    name: ticket.name,
    metadata: ticket.metadata.length > maxDescription ? "" : ticket.metadata,
    attributes,
    ttl: ticket.lifetime,
  });
  if (ticket.kind !== ParticipantInfo_Kind.STANDARD) token.kind = ParticipantInfo_Kind[ticket.kind].toLowerCase();
  const { rights } = ticket;
  const grant: VideoGrant = {
    room: ticket.room,
    roomJoin: true,
    canPublish: rights.canPublish,
    canPublishData: rights.canPublishData,
    canSubscribe: rights.canSubscribe,
    canUpdateOwnMetadata: rights.canUpdateMetadata,
    hidden: rights.hidden,
    recorder: rights.recorder,
  };
  const known = rights.canPublishSources.filter((source) => source !== TrackSource.UNKNOWN);
  if (known.length > 0) grant.canPublishSources = known;
  else if (rights.canPublishSources.length > 0) grant.canPublish = false;
  token.addGrant(grant);
  return token.toJwt();
}
