import { z } from "zod";
import { drawn, hasTower } from "./drawn.ts";

/**
 * Controls, halves of characters, ends of lines and paragraphs, whatever turns or marks directions, deprecated formatting
 * and notes between lines; what is no character, or stands in the place of an object.
 */
const refused =
  "\\p{Cc}\\p{Cs}\\u2028\\u2029\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u206f\\ufff9-\\ufffc\\p{Noncharacter_Code_Point}";
const allowed = new RegExp(`^[^${refused}]*$`, "u");

/**
 * What a person types may hold nothing that moves or hides what stands beside it, and something in it must be drawn: a
 * name must not pass for another, nor for none.
 */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(allowed)
    .refine((text) => !hasTower(text))
    .regex(drawn);

export const PersonName = line(100);
export const PartyName = line(60);
export const Title = line(300);
export const BodyName = line(120);
export const OrganName = line(120);
export const SlateText = line(200);

/** `public` has a gallery; `private` never has one, nor a broadcast or recording; `call` is links without an agenda. */
export const MeetingKind = z.enum(["public", "private", "call"]);
export type MeetingKind = z.infer<typeof MeetingKind>;

export const Phase = z.enum(["planned", "open", "suspended", "ended"]);
export type Phase = z.infer<typeof Phase>;

export const Doors = z.enum(["open", "closed"]);
export type Doors = z.infer<typeof Doors>;

export const Role = z.enum(["chair", "deputy", "clerk", "member", "citizen", "guest", "interpreter", "observer"]);
export type Role = z.infer<typeof Role>;

/** The still pictures the public sees when there is nothing to see. */
export const Slate = z.enum(["before", "suspended", "doorsClosed", "after"]);
export type Slate = z.infer<typeof Slate>;
