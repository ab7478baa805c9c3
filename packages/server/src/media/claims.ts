import { z } from "zod";

/** LiveKit's names of what may be published. */
export const sourceNames = ["camera", "microphone", "screen_share", "screen_share_audio"] as const;

/** What a renewed ticket says of rights that no seat has. */
const no = z.literal(false).optional();

const Grant = z
  .strictObject({
    room: z.string(),
    roomJoin: z.literal(true),
    canSubscribe: z.literal(true),
    canPublish: z.boolean(),
    /** LiveKit leaves an empty list out when it renews. */
    canPublishSources: z.array(z.enum(sourceNames)).default([]),
    canPublishData: z.literal(false),
    canUpdateOwnMetadata: z.literal(false),
    // The embedded media server says these of whoever it renews a ticket for,
    hidden: no,
    recorder: no,
    // and LiveKit's own these, once rights were changed.
    canSubscribeMetrics: no,
    canManageAgentSession: no,
  })
  // For LiveKit no sources are all of them: the house names them.
  .refine(({ canPublish, canPublishSources }) => canPublish === canPublishSources.length > 0);

/**
 * All that stands in a seat's ticket, as the house mints it and as a media server renews it (LiveKit 1.13 and ours).
 * A ticket with any other claim is none of the house's, whoever signed it: nobody has thought about what it would
 * open. Issuer, signature and times were verified before.
 */
export const SeatClaims = z
  .strictObject({
    iss: z.string(),
    sub: z.string(),
    exp: z.number(),
    nbf: z.number(),
    /** Hash of the secret of the session that asked for it: media ends with that session. */
    attributes: z.strictObject({ session: z.string() }),
    video: Grant,
    // LiveKit's own server adds these when it renews.
    iat: z.number().optional(),
    identity: z.string().optional(),
    kind: z.literal("standard").optional(),
  })
  .refine(({ sub, identity }) => identity === undefined || identity === sub);
