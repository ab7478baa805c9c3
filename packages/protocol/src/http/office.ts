import { BodyId, BodyName, PersonName } from "@raadhuis/meeting";
import { z } from "zod";
import { Zone } from "../zone.ts";
import { Secret } from "./words.ts";

export const SetUpLinkBody = z.strictObject({ secret: Secret });
export const SetUpBody = z.strictObject({
  ...SetUpLinkBody.shape,
  body: BodyName,
  zone: Zone.optional().describe("IANA time zone. Without one: as /api/house proposes."),
  clerk: z.strictObject({
    name: PersonName,
    email: z.email().max(200),
    password: z.string().min(12).max(200),
  }),
  demo: z.boolean().default(false),
});
export const SignInBody = z.union([
  z.strictObject({ email: z.string().max(200), password: z.string().max(200) }),
  z.strictObject({ secret: Secret }),
]);
export const Office = z.object({
  body: z.string(),
  zone: z.string(),
  identifier: z
    .string()
    .describe("The body's own among bodies, as it stands in every record that is made from now on."),
  clerk: z.object({ name: z.string() }),
});
export type Office = z.infer<typeof Office>;
export const ZoneBody = z.strictObject({ zone: Zone.describe("IANA time zone, as Europe/Amsterdam is.") });
export const IdentifierBody = z.strictObject({
  identifier: z.string().trim().pipe(BodyId).describe("The body's official code or URI."),
});
export const SignInLink = z.object({ link: z.url() });
